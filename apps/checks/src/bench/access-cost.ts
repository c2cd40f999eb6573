import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { repositoryRoot } from '../repository-root.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY } from '../server/api-key.ts';
import { cleanEnvironment } from '../server/environment.ts';
import { secretBody } from '../server/requests.ts';
import { measureLoad } from './load.ts';
import { type Measurement, median, readable } from './measurement.ts';

const PATH = '/ng/api/v2/secrets/bench_secret';
const ROUNDS = 3;
const WARM_UP = 2000;
const SINGLE_REQUESTS = 1000;

type Checks = 'with' | 'without';

/** The routes of secrets in a process of their own, with the checks of who asks or without. */
async function startServer(checks: Checks): Promise<{ url: string; stop: () => Promise<void> }> {
  const script = join(repositoryRoot, 'apps/api/src/access/measure/run-server.ts');
  const child = spawn(process.execPath, [join(repositoryRoot, 'apps/checks/run.mjs'), script, checks, API_KEY], {
    env: cleanEnvironment({}),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  await mustSucceed(apiClient(url), 'POST', '/ng/api/v2/secrets', secretBody('bench_secret', 'value'));
  const stop = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { url, stop };
}

/** Times single requests, one after another, in milliseconds; alternating, so that noise meets both. */
async function singleRequests(urls: Record<Checks, string>): Promise<Record<Checks, number[]>> {
  const times: Record<Checks, number[]> = { with: [], without: [] };
  for (let n = 0; n < WARM_UP + SINGLE_REQUESTS; n += 1) {
    for (const checks of ['with', 'without'] as const) {
      const call = apiClient(urls[checks]);
      const start = performance.now();
      await mustSucceed(call, 'GET', PATH);
      if (n >= WARM_UP) times[checks].push(performance.now() - start);
    }
  }
  return times;
}

async function throughput(urls: Record<Checks, string>): Promise<Record<Checks, number>> {
  const rates: Record<Checks, number[]> = { with: [], without: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const checks of ['with', 'without'] as const) {
      const { value } = await measureLoad({ name: checks, url: urls[checks], method: 'GET', path: PATH });
      rates[checks].push(value);
    }
  }
  return { with: median(rates.with), without: median(rates.without) };
}

/** What it costs to find out who asks and whether they may: the same route with and without, in one run. */
export async function measureAccess(): Promise<Measurement[]> {
  const [checked, open] = await Promise.all([startServer('with'), startServer('without')]);
  const urls = { with: checked.url, without: open.url };
  try {
    const single = await singleRequests(urls);
    const rates = await throughput(urls);
    const [p50, before] = [median(single.with), median(single.without)];
    return [
      {
        name: 'authentication and authorization, added at p50',
        value: Math.max(0, p50 - before),
        unit: 'ms',
        budget: 0.3,
        detail: `${readable(p50)} ms against ${readable(before)} ms without, one connection`,
      },
      {
        name: 'time per request under load, against the route without them',
        value: rates.without / rates.with,
        unit: '×',
        // 10 % less throughput.
        budget: 1 / 0.9,
        detail: `${readable(rates.with)}/s against ${readable(rates.without)}/s, median of ${ROUNDS}`,
      },
    ];
  } finally {
    await Promise.all([checked.stop(), open.stop()]);
  }
}
