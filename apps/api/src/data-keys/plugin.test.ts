import { afterAll, beforeAll, expect, it } from 'vitest';
import { type KmsSecrets, startKmsSecrets } from '../secrets/testing/kms-secrets.ts';

let world: KmsSecrets;
beforeAll(async () => {
  world = await startKmsSecrets('sqlite');
});
afterAll(() => world.close());

async function cached(): Promise<number> {
  const text = await (await world.server.fetch('/api/metrics')).text();
  return Number(/^wardline_data_keys_cached (\d+)$/m.exec(text)?.[1]);
}

it('a server wipes the data keys of a connector when it is disabled, without being asked for them', async () => {
  await world.connector('kms');
  await world.connector('other');
  await world.create('one', 'v', { manager: 'kms' });
  await world.create('two', 'v', { manager: 'other' });
  expect(await cached()).toBe(2);
  await world.call('POST', '/api/connectors/kms/disable');
  await expect.poll(cached).toBe(1);
});
