import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Resolved, Rewrap, SimulatorSeed } from '@wardline/contracts';
import { afterAll, expect, it } from 'vitest';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { freePort } from '../server/free-port.ts';
import { secretBody, seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { connectorBody, prepareWorld, type World } from './world.ts';

const SECRETS = 200;
/** A rewrap that is over before it was killed once would prove nothing. */
const KILLS = 4;

const dataDir = mkdtempSync(join(tmpdir(), 'wardline-rewrap-'));
let running: RunningServer | undefined;
afterAll(async () => {
  await running?.kill();
  rmSync(dataDir, { recursive: true, force: true });
});

const names = Array.from({ length: SECRETS }, (_, n) => `rewrapped_${n}`);

async function expectAllReadable(call: Call): Promise<void> {
  for (let from = 0; from < SECRETS; from += 100) {
    const references = names.slice(from, from + 100).map((name) => `account.${name}`);
    const { resolved } = await mustSucceed<{ resolved: Resolved[] }>(call, 'POST', '/api/secrets/resolve', {
      references,
    });
    expect(resolved.map((one) => (one.status === 'ok' ? one.value : one.error.message))).toEqual(
      names.slice(from, from + 100).map((name) => `value of ${name}`),
    );
  }
}

async function theRewrap(call: Call): Promise<Rewrap | undefined> {
  return (await mustSucceed<{ content: Rewrap[] }>(call, 'GET', '/api/secrets/rewraps')).content[0];
}

async function prepare(call: Call, world: World): Promise<void> {
  await mustSucceed(call, 'POST', '/ng/api/connectors', connectorBody(world, 'kept', 'kept'));
  for (const name of names) {
    const { secret } = secretBody(name, `value of ${name}`);
    const spec = { ...secret.spec, secretManagerIdentifier: 'kept' };
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', { secret: { ...secret, spec } });
  }
}

it(`a rewrap that is killed ${KILLS} times in the middle ends complete, and every secret is read after each`, async () => {
  const place = { dataDir, port: await freePort() };
  running = await startServer(place);
  let call = apiClient(running.url);
  const world = await prepareWorld(running.url);
  await prepare(call, world);
  const { keys } = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  const { connector } = connectorBody(world, 'kept', 'kept');
  const spec = { ...connector.spec, kmsArnInPlainText: seeded(keys, 'multi-region').arn };
  await mustSucceed(call, 'PUT', '/ng/api/connectors', { connector: { ...connector, spec } });

  let killedInTheMiddle = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    await sleep(30);
    await running.kill();
    running = await startServer(place);
    call = apiClient(running.url);
    const rewrap = await theRewrap(call);
    if (rewrap?.state === 'running') killedInTheMiddle += 1;
    await expectAllReadable(call);
  }
  expect(killedInTheMiddle).toBeGreaterThan(0);

  let report = await theRewrap(call);
  while (report?.state === 'running') {
    await sleep(100);
    report = await theRewrap(call);
  }
  expect(report).toMatchObject({ state: 'done', total: SECRETS, rewrapped: SECRETS, unchanged: 0, failed: 0 });
  await expectAllReadable(call);
  const verification = await mustSucceed<{ verified: boolean }>(call, 'POST', '/audit/api/audits/verify', {});
  expect(JSON.stringify(verification)).toContain('"verified":true');
}, 180_000);
