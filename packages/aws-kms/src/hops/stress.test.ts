import { setTimeout as delay } from 'node:timers/promises';
import type { TaskCredential } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { runTask } from '../run-task.ts';
import { collect } from '../test-support/collect.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';

let issuer: Issuer;
let lab: Lab;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', note);
  issuer = await openIssuer();
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterEach(() => {
  lab.simulator.faults.clear();
  expect(unhandled).toEqual([]);
});
afterAll(async () => {
  process.off('unhandledRejection', note);
  await Promise.all([lab.simulator.close(), issuer.close()]);
});

const credentials: ReadonlyArray<() => TaskCredential> = [
  () => lab.manual(),
  () => ({ type: 'AssumeIAMRole' }),
  () => lab.sts(),
  () => issuer.credential(lab.role('wardline-oidc').arn),
];
const mixed = (index: number) => lab.task(credentials[index % credentials.length]?.() ?? lab.manual());
const times = <T>(count: number, run: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

/** Timers and requests that hold the process; sockets may idle for three seconds, and the simulator has its own. */
const held = (): number =>
  process.getActiveResourcesInfo().filter((kind) => /^(Timeout|Immediate|FSReqCallback|GetAddrInfoReqWrap)$/.test(kind))
    .length;
/** Waits until nothing more is held than before. By counting: a clock of its own would be held too. */
async function settlesAt(before: number): Promise<void> {
  for (let waited = 0; held() > before && waited < 20_000; waited += 50) await delay(50);
  expect(held()).toBeLessThanOrEqual(before);
}

it('two hundred tasks at once all succeed', { timeout: 60_000 }, async () => {
  // Together they wait for the processor of the simulator in this process, so that the deadlines are generous.
  const deadlines = { requestMs: 50_000, connectMs: 50_000, hostMs: 50_000 };
  const runs = await times(200, (index) =>
    collect({ ...mixed(index), deadlineMs: 55_000 }, lab.ambient({ deadlines })),
  );
  expect(runs.filter(({ finished }) => finished.status !== 'SUCCESS').map(({ cause }) => cause)).toEqual([]);
});

it('cancelled at any moment, a task ends with a whole account and holds nothing', { timeout: 60_000 }, async () => {
  const before = held();
  lab.simulator.faults.add({ service: 'kms', operation: 'Decrypt', kind: 'latency', ms: 40 });
  const runs = await times(60, async (index) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), index * 5);
    return collect(mixed(index), lab.ambient(), controller.signal);
  });
  const causes = new Set(runs.map(({ cause }) => cause ?? 'success'));
  expect([...causes].filter((cause) => cause !== 'cancelled' && cause !== 'success')).toEqual([]);
  expect(causes).toContain('cancelled');
  await settlesAt(before);
});

it('a reader that stops after any event leaves nothing behind', { timeout: 60_000 }, async () => {
  const before = held();
  await times(34, async (index) => {
    let left = (index % 17) + 1;
    for await (const _ of runTask(mixed(index), lab.ambient(), new AbortController().signal)) if (--left === 0) break;
  });
  await settlesAt(before);
});

it('a task that nobody reads calls nobody', async () => {
  let asked = 0;
  const ambient = lab.ambient({ env: {} });
  runTask(lab.task(lab.manual()), { ...ambient, now: () => new Date(++asked) }, new AbortController().signal);
  await delay(50);
  expect(asked).toBe(0);
});

it('a signal that outlives its tasks is not held on to by them', { timeout: 60_000 }, async () => {
  const { signal } = new AbortController();
  const tasks: Array<WeakRef<object>> = [];
  for (let index = 0; index < 20; index++) {
    const task = lab.task(lab.manual());
    tasks.push(new WeakRef(task));
    await collect(task, lab.ambient(), signal);
  }
  const collectGarbage = await exposedGarbageCollector();
  const alive = () => tasks.filter((ref) => ref.deref()).length;
  // The last one may still be on the stack of this test.
  for (let round = 0; round < 20 && alive() > 1; round++) {
    await delay(50);
    collectGarbage();
  }
  expect(alive()).toBeLessThanOrEqual(1);
});

async function exposedGarbageCollector(): Promise<() => void> {
  const [{ setFlagsFromString }, { runInNewContext }] = await Promise.all([import('node:v8'), import('node:vm')]);
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
