import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DelegatesTestEvent, type DelegatesTestResult, firstDifference, HOPS } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { createDelegateToken } from '../delegate-tokens/create-delegate-token.ts';
import { connectDelegate, type TestDelegate } from '../delegates/testing/test-delegate.ts';
import { connector, credentials } from '../test-connection/testing/connectors.ts';
import { createConnector, post } from '../test-connection/testing/requests.ts';
import type { TestServer } from '../test-connection/testing/start-server.ts';
import { describeEachEngine } from '../test-support/test-app.ts';
import { startWithSecrets, testEvents } from './testing/checks.ts';
import { failsAt, hopResult, passes, plays, UNREACHABLE } from './testing/played-delegates.ts';

const actor = systemActor('test');
const EACH = '/api/connectors/testOnDelegates';
let server: TestServer;
let open: TestDelegate[] = [];
let count = 0;

/** Delegates with a tag that only they have. */
async function givenDelegates(...names: string[]) {
  const tag = `only-${randomUUID()}`;
  const delegates: TestDelegate[] = [];
  for (const name of names) {
    const token = { place: {}, name: `token_${++count}`, expiresAt: null };
    const { value } = await createDelegateToken(server.deps, { actor }, token);
    const delegate = await connectDelegate({ url: server.url, token: value, self: { name, tags: [tag] } });
    await delegate.next('welcome');
    delegates.push(delegate);
  }
  open.push(...delegates);
  return { delegates, tag };
}

async function connectorFor(tag: string): Promise<string> {
  const identifier = `each_${server.deps.config.databaseUrl ? 'p' : 's'}_${++count}`;
  const credential = { ...credentials(server).AssumeIAMRole, spec: { delegateSelectors: [tag] } };
  await createConnector(server, connector(server, identifier, credential));
  return identifier;
}

async function testOnEach(identifier: string): Promise<DelegatesTestResult> {
  const answer = await server.fetch(`${EACH}/${identifier}`, { method: 'POST' });
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { data: DelegatesTestResult }).data;
}

describeEachEngine((engine) => {
  beforeAll(async () => {
    server = await startWithSecrets(engine);
  });
  afterEach(() => {
    for (const delegate of open) delegate.close();
    open = [];
  });
  afterAll(() => server.close());

  describe('a test on every delegate', () => {
    it('has each run the same task at the same time, and finds the hop at which they differ', async () => {
      const { delegates, tag } = await givenDelegates('aa', 'bb', 'cc');
      const [aa, bb, cc] = delegates;
      if (!aa || !bb || !cc) throw new Error('A delegate is missing.');
      const identifier = await connectorFor(tag);
      const running = testOnEach(identifier);
      const tasks = await Promise.all([plays(aa, passes()), plays(bb, failsAt('describe-key')), plays(cc, passes())]);
      const result = await running;

      expect(result.delegates).toMatchObject([
        { name: 'aa', delegateId: aa.instanceId, result: { status: 'SUCCESS', delegateId: aa.instanceId } },
        { name: 'bb', result: { status: 'FAILURE', errors: [{ reason: UNREACHABLE.title }] } },
        { name: 'cc', result: { status: 'SUCCESS' } },
      ]);
      const [first, ...others] = tasks;
      for (const other of others)
        expect({ ...other, id: '', deadlineMs: 0 }).toEqual({ ...first, id: '', deadlineMs: 0 });
      expect(new Set(tasks.map(({ id }) => id)).size).toBe(3);
      expect(firstDifference(result.delegates)).toMatchObject({
        hop: 'describe-key',
        groups: [{ names: ['aa', 'cc'] }, { names: ['bb'], outcome: { code: 'kms-unreachable' } }],
      });
    });

    it('is one event in the audit log, and leaves the status of the connector as it was', async () => {
      const { delegates, tag } = await givenDelegates('one', 'two');
      const identifier = await connectorFor(tag);
      const running = testOnEach(identifier);
      await Promise.all(
        delegates.map((delegate, index) => plays(delegate, index === 0 ? passes() : failsAt('decrypt'))),
      );
      await running;
      expect(await testEvents(server, identifier)).toMatchObject([
        { outcome: 'FAILURE', details: { onEachDelegate: true, delegates: 2, failed: 1 } },
      ]);
      expect(await server.deps.storage.connectors.find({}, identifier)).toMatchObject({ status: 'PENDING' });
    });

    it('lets no delegate take over for another: one that breaks off has an outcome that says so', async () => {
      const { delegates, tag } = await givenDelegates('breaks', 'works');
      const [breaks, works] = delegates;
      if (!breaks || !works) throw new Error('A delegate is missing.');
      const running = testOnEach(await connectorFor(tag));
      const worked = plays(works, passes());
      const task = await breaks.task();
      breaks.send({ type: 'accepted', id: task.id });
      breaks.send(breaks.event(task.id, { type: 'hop-finished', result: hopResult('validate', 'pass') }));
      await sleep(50);
      breaks.socket.terminate();
      await worked;
      const { delegates: tested } = await running;
      expect(tested).toMatchObject([
        { name: 'breaks', result: { status: 'FAILURE', finding: { code: 'delegate-broke-off' } } },
        { name: 'works', result: { status: 'SUCCESS' } },
      ]);
      expect(works.frames.filter(({ type }) => type === 'task')).toHaveLength(1);
      expect(firstDifference(tested)).toMatchObject({ hop: 'credentials' });
    });

    it('runs on eight at a time, and on all', async () => {
      const names = Array.from({ length: 10 }, (_, index) => `many-${index}`);
      const { delegates, tag } = await givenDelegates(...names);
      const running = testOnEach(await connectorFor(tag));
      await Promise.all(delegates.slice(0, 8).map((delegate) => expect.poll(() => offers(delegate)).toBe(1)));
      await sleep(100);
      expect(delegates.reduce((sum, delegate) => sum + offers(delegate), 0)).toBe(8);
      await Promise.all(delegates.map((delegate) => plays(delegate, passes())));
      expect((await running).delegates.map(({ name }) => name)).toEqual(names);
    });

    it('streams what each delegate reports, as it happens', async () => {
      const { delegates, tag } = await givenDelegates('left', 'right');
      const path = `${EACH}/${await connectorFor(tag)}`;
      const answer = server.fetch(path, { method: 'POST', headers: { accept: 'text/event-stream' } });
      await Promise.all(delegates.map((delegate) => plays(delegate, passes())));
      const events = eventsOf(await (await answer).text());
      expect(events[0]).toMatchObject({ type: 'delegates', delegates: [{ name: 'left' }, { name: 'right' }] });
      expect(events.at(-1)).toMatchObject({ type: 'result', result: { delegates: [{}, {}], finding: null } });
      for (const { instanceId } of delegates) {
        const own = events.flatMap((one) =>
          one.type === 'delegate-event' && one.delegateId === instanceId ? [one.event.type] : [],
        );
        expect(own).toEqual(['delegate', ...HOPS.map(() => 'hop-finished'), 'result']);
      }
    });

    it('is given up when the client goes away: the delegates are told, and it is on record', async () => {
      const { delegates, tag } = await givenDelegates('left-alone');
      const identifier = await connectorFor(tag);
      const gone = new AbortController();
      const running = server.fetch(`${EACH}/${identifier}`, { method: 'POST', signal: gone.signal });
      const [delegate] = delegates;
      const task = await delegate?.task();
      if (!delegate || !task) throw new Error('There is no task.');
      delegate.send({ type: 'accepted', id: task.id });
      gone.abort();
      await expect(running).rejects.toThrow();
      expect(await delegate.next('cancel')).toMatchObject({ id: task.id });
      await expect
        .poll(() => testEvents(server, identifier))
        .toMatchObject([{ outcome: 'FAILURE', details: { givenUp: true } }]);
    });

    it('is an outcome with a finding where no delegate matches', async () => {
      const result = await testOnEach(await connectorFor('nobody-has-this'));
      expect(result).toMatchObject({ delegates: [], finding: { code: 'delegate-not-available' } });
    });

    it('is refused for a connector that runs on the platform', async () => {
      const spec = { executeOnDelegate: false };
      const draft = connector(server, 'on_platform', credentials(server).OidcAuthentication, spec);
      const answer = await post(server, EACH, { connector: draft });
      expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    });

    it('tests a draft on the real embedded delegate, and stores nothing', async () => {
      const draft = connector(server, `draft_${engine}`, credentials(server).ManualConfig);
      const answer = await post(server, EACH, { connector: draft });
      expect(answer).toMatchObject({
        status: 200,
        body: { data: { delegates: [{ name: 'embedded', result: { status: 'SUCCESS' } }], finding: null } },
      });
      expect(await server.deps.storage.connectors.exists({}, `draft_${engine}`)).toBe(false);
      expect(await testEvents(server, `draft_${engine}`)).toMatchObject([{ details: { draft: true, delegates: 1 } }]);
    });
  });
});

/** How often a delegate was offered a task. */
const offers = ({ frames }: TestDelegate): number => frames.filter(({ type }) => type === 'task').length;

function eventsOf(stream: string): DelegatesTestEvent[] {
  return stream
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 'data: '.length)) as DelegatesTestEvent);
}
