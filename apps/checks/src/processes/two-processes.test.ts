import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { makeConnector, setStage, type TestAnswer, testOn } from '../delegates/stage.ts';
import { seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';

const OF_EACH = 10;
const database = (await (await fetch(inject('postgresOnDemand'))).json()) as { url: string } | { unavailable: string };
const reason = 'unavailable' in database ? `: skipped, because ${database.unavailable}` : '';

/** One of the server processes that share the database and the master key. */
function startOne(masterKey: string): Promise<RunningServer> {
  const url = 'url' in database ? database.url : '';
  return startServer({ env: { DATABASE_URL: url, WARDLINE_MASTER_KEY: masterKey } });
}

describe.skipIf(reason !== '')(`two server processes on one PostgreSQL${reason}`, () => {
  const masterKey = randomBytes(32).toString('base64');
  let a: RunningServer;
  let b: RunningServer;
  beforeAll(async () => {
    a = await startOne(masterKey);
    b = await startOne(masterKey);
  });
  afterAll(async () => {
    await b.stop();
    await a.stop();
  });

  it(`run tests on ${2 * OF_EACH} delegates, whichever of the two each is connected to`, async () => {
    const stage = await setStage(a.url);
    try {
      const user = seeded(stage.simulator.seed.users, 'wardline');
      const keyArn = seeded(stage.simulator.seed.keys, 'working').arn;
      const names = [a, b].flatMap((server, side) =>
        Array.from({ length: OF_EACH }, (_, n) => ({ name: `side-${side}-${n}`, url: server.url })),
      );
      const each = await Promise.all(
        names.map(async ({ name, url }) => {
          await stage.delegate(name, { MANAGER_HOST_AND_PORT: url, DELEGATE_TAGS: 'one-of-twenty' });
          return { name, identifier: await makeConnector(a.url, name, { ...user, keyArn }) };
        }),
      );
      for (const { url } of [a, b]) {
        const answers = await Promise.all(each.map(({ identifier }) => testOn(url, identifier)));
        const ran = answers.map(({ events, result }) => ({
          status: result.status,
          by: events.flatMap((event) => (event.type === 'delegate' ? [event.name] : [])),
        }));
        expect(ran).toEqual(each.map(({ name }) => ({ status: 'SUCCESS', by: [name] })));
      }
    } finally {
      await stage.close();
    }
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)('go on when one of them gets %s in the middle of a test', async (signal) => {
    const c = await startOne(masterKey);
    const stage = await setStage(a.url, 1500);
    try {
      const there = `there-${signal.toLowerCase()}`;
      const here = `here-${signal.toLowerCase()}`;
      const user = seeded(stage.simulator.seed.users, 'wardline');
      const keyArn = seeded(stage.simulator.seed.keys, 'working').arn;
      await stage.delegate(there, { MANAGER_HOST_AND_PORT: c.url });
      await stage.delegate(here);
      const onlyHere = await makeConnector(a.url, here, { ...user, keyArn });
      await expect.poll(() => namesTried(a.url, there, { ...user, keyArn })).toEqual([there]);
      // The one here is busy, so that the one there is asked first.
      let busy: Promise<TestAnswer> | undefined;
      await new Promise<void>((taken) => {
        busy = testOn(a.url, onlyHere, () => taken());
      });
      const { result, events, tookMs } = await stage.test((name) => {
        if (name === there) process.kill(c.pid, signal);
      });
      expect(result.status).toBe('SUCCESS');
      expect(events.filter(({ type }) => type === 'delegate')).toMatchObject([
        { name: there, before: [] },
        { name: here, before: [{ name: there, outcome: 'disconnected' }] },
      ]);
      expect(tookMs).toBeLessThan(15_000);
      expect((await busy)?.result.status).toBe('SUCCESS');
    } finally {
      await c.kill();
      await stage.close();
    }
  });
});

/** Which delegates run a test that only this one may run. */
async function namesTried(url: string, tag: string, key: Parameters<typeof makeConnector>[2]): Promise<string[]> {
  const { events } = await testOn(url, await makeConnector(url, tag, key));
  return events.flatMap((event) => (event.type === 'delegate' ? [event.name] : []));
}
