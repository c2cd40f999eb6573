import { strict as assert } from 'node:assert';
import { setTimeout as sleep } from 'node:timers/promises';
import { onStage, type Scenario } from './scenarios.ts';

const IDLE_MEGABYTES = 80;
/** Until what was needed to start and to connect is collected. */
const STARTED_MS = 10_000;
/** Until what tasks needed is collected. */
const RESTED_MS = 60_000;
const TASKS = 200;

/** Node's permissions have had two names; where they cover the network too, that is allowed (nodejs.org/api/permissions). */
function mayWriteNothing(): string[] {
  const known = (flag: string): boolean => process.allowedNodeEnvironmentFlags.has(flag);
  const permission = known('--permission') ? '--permission' : '--experimental-permission';
  return [permission, '--allow-fs-read=*', ...(known('--allow-net') ? ['--allow-net'] : [])];
}

/** Node itself refuses every write: what the delegate knows is in its memory only, and it starts no other program. */
export const nothingOnDisk: Scenario = (url) =>
  onStage(url, 0, async (stage) => {
    const delegate = await stage.delegate('keeps-nothing', {}, { node: mayWriteNothing() });
    assert.equal((await stage.test()).result.status, 'SUCCESS');
    delegate.signal('SIGTERM');
    assert.equal(await delegate.ended, 0);
    assert.doesNotMatch(delegate.log(), /ERR_ACCESS_DENIED/);
  });

/** As Prometheus reads it, before the first task and after some. */
export const idleMemory: Scenario = (url) =>
  onStage(url, 0, async (stage) => {
    const delegate = await stage.delegate('idle');
    const assertIdle = async (afterMs: number, when: string) => {
      await sleep(afterMs);
      const megabytes = (await delegate.metric('process_resident_memory_bytes')) / 1e6;
      assert.ok(megabytes <= IDLE_MEGABYTES, `an idle delegate has ${megabytes.toFixed(1)} MB ${when}`);
    };
    await assertIdle(STARTED_MS, 'before its first task');
    for (let n = 0; n < TASKS; n += 1) assert.equal((await stage.test()).result.status, 'SUCCESS');
    await assertIdle(RESTED_MS, `after ${TASKS} tests`);
  });

/** `npm run delegate`, in the checkout. */
export const fromTheCheckout: Scenario = (url) =>
  onStage(url, 0, async (stage) => {
    const delegate = await stage.delegate('from-checkout', {}, { command: ['npm', 'run', 'delegate'] });
    const { result, events } = await stage.test();
    assert.equal(result.status, 'SUCCESS');
    assert.ok(events.some((event) => event.type === 'delegate' && event.name === 'from-checkout'));
    delegate.signal('SIGTERM');
    await delegate.ended;
    assert.match(delegate.log(), /nothing new is taken/);
  });
