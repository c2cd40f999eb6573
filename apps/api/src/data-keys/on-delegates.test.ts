import { setTimeout as sleep } from 'node:timers/promises';
import { runTask } from '@wardline/aws-kms';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { createDelegateToken } from '../delegate-tokens/create-delegate-token.ts';
import { startAsker } from '../delegates/processes/testing/second-process.ts';
import { connectDelegate, type TestDelegate } from '../delegates/testing/test-delegate.ts';
import { describePostgres } from '../test-support/test-app.ts';
import { type KeyWorld, startKeyWorld } from './testing/key-world.ts';

let world: KeyWorld;
let asker: Awaited<ReturnType<typeof startAsker>>;
let token: string;
let open: TestDelegate[] = [];
const RUNNER = { kind: 'delegate', name: 'eu-vpc', hostName: 'test-host' } as const;

/** Runs every task that it gets against the simulator, until it is disconnected; keeps the plaintexts that it reports. */
async function work(delegate: TestDelegate, plaintexts: string[]): Promise<void> {
  const { region, endpoints } = world.simulator;
  const ambient = {
    runner: RUNNER,
    endpoints: (asked: string) => (asked === region ? endpoints : undefined),
    env: {},
    now: () => new Date(),
  };
  try {
    for (;;) {
      const task = await delegate.task();
      delegate.send({ type: 'accepted', id: task.id });
      for await (const event of runTask(task, ambient, new AbortController().signal)) {
        if ('plaintext' in event) plaintexts.push(event.plaintext);
        delegate.send(delegate.event(task.id, event));
      }
    }
  } catch {
    // The test is over.
  }
}

/** A delegate of the server, which is another process than the one that asks, and a connector that runs there only. */
async function enter(tag: string) {
  const delegate = await connectDelegate({ url: world.server.url, token, self: { tags: [tag] } });
  open.push(delegate);
  await delegate.next('welcome');
  const known = () => asker.processes.connected().some(({ candidate }) => candidate.id === delegate.instanceId);
  await expect.poll(known).toBe(true);
  const credential = { type: 'AssumeIAMRole' as const, spec: { delegateSelectors: [tag] } };
  return { delegate, connector: await world.connector('AssumeIAMRole', { credential }) };
}

describePostgres(() => {
  beforeAll(async () => {
    world = await startKeyWorld('postgres');
    asker = await startAsker(world.server);
    const wish = { place: {}, name: 'workers', expiresAt: null };
    token = (await createDelegateToken(world.server.deps, { actor: systemActor('test') }, wish)).value;
  });
  afterEach(() => {
    for (const delegate of open) delegate.close();
    open = [];
  });
  afterAll(async () => {
    await asker.close();
    await world.close();
  });

  const newProcess = () => world.newProcess({ elsewhere: asker.processes.connected });

  describe('a connector that runs on a delegate of another process', () => {
    it('makes and opens data keys there, whose plaintext is in no row and no frame in the clear', async () => {
      const { db } = world.server;
      await sql`create table seen (content text)`.execute(db);
      await sql`create function see() returns trigger language plpgsql as
        $$ begin insert into seen values (row_to_json(new)::text); return new; end $$`.execute(db);
      for (const table of ['remote_tasks', 'remote_task_events', 'data_keys']) {
        await sql`create trigger see before insert on ${sql.table(table)} for each row execute function see()`.execute(
          db,
        );
      }
      const { delegate, connector } = await enter('works');
      const plaintexts: string[] = [];
      void work(delegate, plaintexts);
      const sealed = await newProcess().seal(connector);
      expect(await newProcess().open(sealed)).toBe('a value');
      // Made, proven, and opened by the second process.
      expect(new Set(plaintexts).size).toBe(1);
      expect(plaintexts).toHaveLength(3);

      const { rows } = await sql<{ content: string }>`select content from seen`.execute(db);
      expect(rows.length).toBeGreaterThan(6);
      const texts = [...rows.map(({ content }) => content), ...delegate.frames.map((frame) => JSON.stringify(frame))];
      const decoded = texts.map((text) => {
        const { sealed: inside = '' } = JSON.parse(text) as { sealed?: string };
        return text + Buffer.from(inside, 'base64').toString('latin1');
      });
      const [plaintext = ''] = plaintexts;
      const bytes = Buffer.from(plaintext, 'base64');
      for (const clear of [plaintext, bytes.toString('hex'), bytes.toString('latin1')]) {
        expect(decoded.join()).not.toContain(clear);
      }
    });

    it('is asked again where the delegate loses its connection, and another one takes over', async () => {
      const { delegate, connector } = await enter('dies');
      const sealing = newProcess().seal(connector);
      await delegate.task();
      delegate.close();
      await sleep(1000);
      const { delegate: other } = await enter('dies');
      void work(other, []);
      expect(await sealing).toMatchObject({ connector });
    });

    it('cannot be used while no delegate answers, and says which one was asked', async () => {
      const { connector } = await enter('silent');
      const error = await newProcess()
        .seal(connector)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'DELEGATE_NOT_AVAILABLE',
        details: { finding: { code: 'delegate-broke-off', explanation: expect.stringContaining('“eu-vpc”') } },
      });
    });
  });
});
