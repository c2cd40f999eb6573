import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { runTask } from '@wardline/aws-kms';
import type { Task } from '@wardline/contracts';
import { startDelegate } from '../delegates/delegate-process.ts';
import { playDelegates } from '../delegates/played-delegates.ts';
import { makeToken } from '../delegates/stage.ts';
import { repositoryRoot } from '../repository-root.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { cleanEnvironment } from '../server/environment.ts';
import { accessKeyConnectorBody, secretBody } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { type Measurement, percentile, readable } from './measurement.ts';
import { residentMegabytes } from './start-up.ts';

const OFF = { WARDLINE_SIMULATOR: 'off' } as const;
const SETTLE_MS = 12_000;
const WARM_UP = 300;
const ROUNDS = 1000;
const TASKS = 5000;
/** Far fewer than the delegates would take together. */
const IN_FLIGHT = 32;
const TAG = 'played';

/** Runs a task as the delegate does; what these tests hold fails at the first hop, before any network. */
const run = (task: Task) =>
  runTask(
    task,
    {
      runner: { kind: 'delegate', name: 'played', hostName: 'bench' },
      endpoints: () => undefined,
      env: {},
      now: () => new Date(),
    },
    new AbortController().signal,
  );

/** The tests of a draft whose key ARN, a secret, is none: on the platform, and on a delegate. */
async function draftTests(url: string) {
  const call = apiClient(url);
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_wrong_arn', 'no ARN at all'));
  const test = (executeOnDelegate: boolean) => async () => {
    const refs = { accessKeyRef: 'account.bench_wrong_arn', secretKeyRef: 'account.bench_wrong_arn' };
    const options = { identifier: 'bench_draft', keyArn: '', region: 'eu-west-1', executeOnDelegate, ...refs };
    const { connector } = accessKeyConnectorBody(options);
    const { kmsArnInPlainText: _, ...spec } = connector.spec;
    const delegateSelectors = executeOnDelegate ? [TAG] : [];
    const draft = { ...connector, spec: { ...spec, kmsArn: 'account.bench_wrong_arn', delegateSelectors } };
    const { data } = await mustSucceed<{ data: { delegateId: string | null; trace: readonly object[] } }>(
      call,
      'POST',
      '/api/connectors/test',
      { connector: draft },
    );
    if (data.trace.length === 0) throw new Error('The test ran nowhere.');
  };
  return { platform: test(false), delegate: test(true) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/**
 * What a test takes longer on one of so many delegates than on the platform, each in turn in the same run: the
 * difference of the percentiles, since both have the outliers of the machine.
 */
function measureOverhead(count: number): Promise<Measurement[]> {
  return withServer({ env: OFF }, async ({ url }) => {
    const played = await playDelegates({ url, token: await makeToken(url), count, tags: [TAG], run });
    try {
      const tests = await draftTests(url);
      const local: number[] = [];
      const remote: number[] = [];
      for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
        const here = await timed(tests.platform);
        const there = await timed(tests.delegate);
        if (round < WARM_UP) continue;
        local.push(here);
        remote.push(there);
      }
      const line = (name: string, share: number, budget: number): Measurement => ({
        name: `dispatch overhead, ${name}`,
        value: percentile(remote, share) - percentile(local, share),
        unit: 'ms',
        budget,
        detail: `over ${readable(percentile(local, share))} ms on the platform, ${count} delegates, ${ROUNDS} rounds`,
      });
      return [line('p50', 0.5, 3), line('p99', 0.99, 20)];
    } finally {
      played.close();
    }
  });
}

/** Tasks a second through so many delegates, without what a request for a test stores and records. */
async function measureTasks(count: number): Promise<Measurement[]> {
  const script = join(repositoryRoot, 'apps/api/src/dispatch/measure/run-dispatch.ts');
  const child = spawn(process.execPath, [join(repositoryRoot, 'apps/checks/run.mjs'), script], {
    env: cleanEnvironment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url, token } = JSON.parse(line) as { url: string; token: string };
  const played = await playDelegates({ url, token, count, tags: [TAG], run });
  const dispatch = async (tasks: number) => {
    const answer = await fetch(`${url}/dispatch/${tasks}/${IN_FLIGHT}`);
    return ((await answer.json()) as { seconds: number }).seconds;
  };
  try {
    await dispatch(WARM_UP * 5);
    const value = TASKS / (await dispatch(TASKS));
    const detail = `${IN_FLIGHT} at once; one process plays all delegates`;
    return [{ name: `tasks through ${count} delegates`, value, unit: '/s', atLeast: 1000, detail }];
  } finally {
    played.close();
    child.kill('SIGKILL');
  }
}

/** Memory of an API process that so many delegates are connected to, and how long they took to come. */
function measureIdle(count: number): Promise<Measurement[]> {
  return withServer({ env: { ...OFF, WARDLINE_RATE_LIMITS: 'off' } }, async ({ url, pid }) => {
    const startedAt = performance.now();
    const played = await playDelegates({ url, token: await makeToken(url), count, tags: [TAG], atOnce: 200 });
    const seconds = (performance.now() - startedAt) / 1000;
    try {
      await sleep(SETTLE_MS);
      if (played.connected() !== count) throw new Error(`Only ${played.connected()} of ${count} stayed connected.`);
      const detail = `connected within ${readable(seconds)} s`;
      return [
        {
          name: `API process with ${count} idle delegates`,
          value: residentMegabytes(pid),
          unit: 'MB',
          budget: 400,
          detail,
        },
      ];
    } finally {
      played.close();
    }
  });
}

/** Memory of the delegate itself while it has nothing to do. */
function measureAgent(): Promise<Measurement[]> {
  return withServer({ env: OFF }, async ({ url }) => {
    const delegate = await startDelegate({ DELEGATE_TOKEN: await makeToken(url), MANAGER_HOST_AND_PORT: url });
    try {
      await delegate.connected();
      await sleep(SETTLE_MS);
      return [{ name: 'idle memory of a delegate', value: residentMegabytes(delegate.pid), unit: 'MB', budget: 80 }];
    } finally {
      delegate.signal('SIGKILL');
    }
  });
}

/** What delegates cost: time on the way, memory on both sides. */
export async function measureDelegates(): Promise<Measurement[]> {
  return [
    ...(await measureOverhead(100)),
    ...(await measureTasks(50)),
    ...(await measureIdle(5000)),
    ...(await measureAgent()),
  ];
}
