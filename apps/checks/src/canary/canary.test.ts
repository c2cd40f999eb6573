import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '@wardline/aws-simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSecret, finish, goOn, keyArn, openWizard, overview, saveAndTest } from '../browser/wizard.ts';
import { launchChromium } from '../chromium/launch-chromium.ts';
import { expectNone } from '../expect-none.ts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { apiTour, type Credentials, type TourCall } from './api-tour.ts';
import { browserTraces, recordTraffic } from './browser-traces.ts';
import { canariesIn, canariesInFolder, makeCanary } from './canaries.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'wardline-canary-'));
const typed = makeCanary('a value typed in the dialog');
const stray = makeCanary('a value in a refused request');
const bad: Credentials = { id: makeCanary('a wrong access key ID'), key: makeCanary('a wrong secret access key') };

let simulator: Simulator;
let server: RunningServer;
let good: Credentials;

beforeAll(async () => {
  // In this process: its own state, which holds its users' keys, is no part of the server's data directory.
  simulator = await startSimulator();
  const user = seeded(simulator.seed.users, 'wardline');
  good = {
    id: { what: 'the access key ID', value: user.accessKeyId },
    key: { what: 'the secret access key', value: user.secretAccessKey },
  };
  const endpoints = JSON.stringify({ [simulator.region]: simulator.endpoints });
  const env = { WARDLINE_SIMULATOR: 'off', WARDLINE_AWS_ENDPOINTS: endpoints, LOG_LEVEL: 'trace' };
  server = await startServer({ dataDir, env });
});
afterAll(async () => {
  await server?.stop();
  await simulator?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What is sent, and as what; a form says that itself. */
function sentBy({ body, yaml }: TourCall): { body?: FormData | string; type?: string } {
  if (yaml !== undefined) return { body: yaml, type: 'application/yaml' };
  if (body === undefined) return {};
  return body instanceof FormData ? { body } : { body: JSON.stringify(body), type: 'application/json' };
}

async function answerTo(call: TourCall): Promise<string> {
  const { method, path, accept } = call;
  const { body, type } = sentBy(call);
  const headers: Record<string, string> = {
    ...AS_ADMINISTRATOR,
    ...(accept ? { accept } : {}),
    ...(type ? { 'content-type': type } : {}),
  };
  const init = body === undefined ? { method, headers } : { method, headers, body };
  const answer = await fetch(server.url + path, init);
  expect(answer.status, `${method} ${path}`).toBeLessThan(500);
  return `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
}

it('no answer of the API, plain or streamed, refused or not, contains a secret value', async () => {
  const canaries = [good.id, good.key, bad.id, bad.key, stray];
  const leaks: string[] = [];
  let successes = 0;
  for (const call of apiTour(simulator, good, bad, stray)) {
    const answer = await answerTo(call);
    if (call.path.endsWith('/testConnection/good_connector') && answer.includes('"SUCCESS"')) successes += 1;
    if (call.reveals) expect(canariesIn(answer, [call.reveals]), call.path).toHaveLength(1);
    // The one that the answer is for is not looked for in it; every other is.
    const others = canaries.filter(({ value }) => value !== call.reveals?.value);
    leaks.push(...canariesIn(answer, others).map((what) => `${call.method} ${call.path}: ${what}`));
  }
  expectNone(leaks, 'Secret values in answers:');
  // The credentials were really used: both tests of the stored connector succeeded.
  expect(successes).toBe(2);
});

it('the browser keeps nothing of what is typed in the secret dialog', async () => {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ baseURL: server.url, extraHTTPHeaders: AS_ADMINISTRATOR });
    const traffic = recordTraffic(page);
    await openWizard(page);
    await overview(page, { name: 'Typed canary' });
    await createSecret(page, 'AWS Access Key ID', good.id.value);
    await createSecret(page, 'AWS Secret Access Key', typed.value);
    await keyArn(page, seeded(simulator.seed.keys, 'working').arn);
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection failed');
    const canaries = [good.id, typed];
    expectNone(canariesIn(await browserTraces(page), canaries), 'Secret values were kept:');
    expectNone(canariesIn(await page.content(), canaries), 'Secret values were kept:');

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    const field = page.getByRole('group', { name: 'AWS Secret Access Key' });
    await field.getByRole('button', { name: 'Replace value' }).click();
    await page
      .getByRole('dialog')
      .getByLabel(/^Value/)
      .fill(good.key.value);
    await page.getByRole('dialog').getByRole('button', { name: 'Replace value' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection successful');
    await finish(page, 'Typed canary');
    await traffic.settled();
    const all = [...canaries, good.key];
    expectNone(canariesIn(await browserTraces(page), all), 'Secret values were kept:');
    expectNone(canariesIn(traffic.texts.join('\n'), all), 'Secret values were kept:');
  } finally {
    await browser.close();
  }
});

it('neither the data directory nor the log at its most talkative contains a secret value', async () => {
  const canaries = [good.id, good.key, bad.id, bad.key, stray, typed];
  // The search sees what the database stores, and the server runs, so that its write-ahead log is there too.
  expect(canariesInFolder(dataDir, [{ what: 'a name', value: 'Typed canary' }])).not.toEqual([]);
  expectNone(canariesInFolder(dataDir, canaries), 'Secret values were kept:');
  expect(server.log()).toContain('testConnection');
  expectNone(canariesIn(server.log(), canaries), 'Secret values were kept:');
});
