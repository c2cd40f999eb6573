import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Settings, type SimulatorSeed, simulatorSeedSchema } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import { startConfiguredSimulator } from './start-simulator.ts';

interface Regions {
  readonly resource: { name: string; value: string; partition: string }[];
}

describe('a server with the simulator', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('sqlite', { env: { WARDLINE_SIMULATOR: 'on' } });
  });
  afterAll(() => app.close());

  it('answers with what the simulator was seeded with', async () => {
    const { status, body } = await app.call<SimulatorSeed>('GET', '/api/simulator');
    expect(status).toBe(200);
    expect(simulatorSeedSchema.parse(body)).toEqual(app.deps.simulator?.seed);
    expect(body.region).toBe('local-1');
    expect(body.oidcProviders[0]?.url).toBe(`${app.deps.config.publicUrl}/ng/api/oidc/account/default`);
  });

  it('writes the same to simulator.json, readable by its owner only', async () => {
    const file = join(app.deps.config.dataDir, 'simulator.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(app.deps.simulator?.seed);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('has the same keys and users after a restart', async () => {
    const again = await startConfiguredSimulator(app.deps.config);
    await again?.close();
    const { keys, users, roles } = app.deps.simulator?.seed ?? {};
    expect(again?.seed).toMatchObject({ keys, users, roles });
  });

  it('lists the local region beside those of AWS', async () => {
    const { body } = await app.call<Regions>('GET', '/api/awshelper/aws-regions');
    expect(body.resource[0]).toEqual({ name: 'Local simulator', value: 'local-1', partition: 'aws' });
    expect(new Set(body.resource.map(({ partition }) => partition))).toContain('aws-us-gov');
  });

  it('says so in its settings', async () => {
    const { body } = await app.call<Settings>('GET', '/api/settings');
    expect(body).toMatchObject({
      simulator: true,
      accountIdentifier: 'default',
      oidc: { audience: 'sts.amazonaws.com', subject: 'default' },
    });
  });
});

describe('a server without the simulator', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('sqlite');
  });
  afterAll(() => app.close());

  it('has no seed, and says how to get one', async () => {
    const { status, body } = await app.call<{ code: string; message: string }>('GET', '/api/simulator');
    expect([status, body.code]).toEqual([404, 'ENTITY_NOT_FOUND']);
    expect(body.message).toContain('WARDLINE_SIMULATOR=on');
  });

  it('lists the regions of AWS only', async () => {
    const { body } = await app.call<Regions>('GET', '/api/awshelper/aws-regions');
    expect(body.resource.map(({ value }) => value)).toContain('eu-central-1');
    expect(body.resource.map(({ value }) => value)).not.toContain('local-1');
  });
});
