import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../server/free-port.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { playDelegates } from './played-delegates.ts';
import { makeConnector, makeToken, setStage, testOn } from './stage.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

async function onOwnServer<T>(act: (start: () => Promise<RunningServer>) => Promise<T>): Promise<T> {
  const place = { dataDir: mkdtempSync(join(tmpdir(), 'wardline-delegates-')), port: await freePort() };
  const started: RunningServer[] = [];
  try {
    return await act(async () => {
      const server = await startServer(place);
      started.push(server);
      return server;
    });
  } finally {
    await started.at(-1)?.kill();
    rmSync(place.dataDir, { recursive: true, force: true });
  }
}

/** The manager is killed in the middle of a test: the delegate gives the test up and is back by itself. */
export function managerKilled(): Promise<void> {
  return onOwnServer(async (start) => {
    const first = await start();
    const stage = await setStage(first.url, 3000);
    try {
      const delegate = await stage.delegate('waits');
      const running = stage.test(() => setTimeout(() => void first.kill(), 300));
      await assert.rejects(running);
      await sleep(1000);
      await start();
      await delegate.connected(2, 10_000);
      stage.simulator.faults.clear();
      assert.equal((await stage.test()).result.status, 'SUCCESS');
    } finally {
      await stage.close();
    }
  });
}

/** The manager stands still for some seconds in the middle of a test: nobody is thrown out, and the test ends well. */
export function managerStopped(seconds: number): Promise<void> {
  return onOwnServer(async (start) => {
    const server = await start();
    const stage = await setStage(server.url, 500);
    try {
      const delegate = await stage.delegate('waits');
      const { result } = await stage.test(() => {
        process.kill(server.pid, 'SIGSTOP');
        setTimeout(() => process.kill(server.pid, 'SIGCONT'), seconds * 1000);
      });
      assert.equal(result.status, 'SUCCESS');
      await sleep(3000);
      assert.equal((await delegate.health()).connections, 1);
    } finally {
      await stage.close();
    }
  });
}

/** How delegates came back after a restart, in milliseconds after the manager was ready. */
export interface Return {
  readonly lastMs: number;
  /** The most that came within 100 ms: everyone at once would be all of them. */
  readonly mostAtOnce: number;
}

/** Kills a manager with so many connected delegates and starts it again. */
export function restartWith(count: number): Promise<Return> {
  return onOwnServer(async (start) => {
    const first = await start();
    const token = await makeToken(first.url);
    const credential = {
      keyArn: KEY,
      accessKeyId: `AKIA${'EXAMPLE'.repeat(3).slice(0, 16)}`,
      secretAccessKey: 'never used',
    };
    const identifier = await makeConnector(first.url, 'played', credential);
    const played = await playDelegates({ url: first.url, token, count, tags: ['played'] });
    try {
      assert.equal(played.connected(), count);
      await first.kill();
      const second = await start();
      const readyAt = performance.now();
      while (played.connected() < count) {
        assert.ok(performance.now() - readyAt < 30_000, `only ${played.connected()} of ${count} are back after 30 s`);
        await sleep(20);
      }
      assert.equal((await testOn(second.url, identifier)).result.status, 'SUCCESS');
      const times = [...played.enteredAt.values()].map((at) => Math.max(0, at - readyAt));
      const slots = new Map<number, number>();
      for (const ms of times) slots.set(Math.floor(ms / 100), (slots.get(Math.floor(ms / 100)) ?? 0) + 1);
      return { lastMs: Math.max(...times), mostAtOnce: Math.max(...slots.values()) };
    } finally {
      played.close();
    }
  });
}
