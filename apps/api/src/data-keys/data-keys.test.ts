import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { describeEachEngine } from '../test-support/test-app.ts';
import { type KeyWorld, startKeyWorld } from './testing/key-world.ts';

let world: KeyWorld;
const types = ['ManualConfig', 'AssumeIAMRole', 'AssumeSTSRole', 'OidcAuthentication'] as const;

describeEachEngine((engine) => {
  beforeAll(async () => {
    world = await startKeyWorld(engine);
  });
  afterEach(() => world.simulator.faults.clear());
  afterAll(() => world.close());

  describe('a data key', () => {
    it.each(types)('is made with %s, and read by another process', async (type) => {
      const connector = await world.connector(type);
      const sealed = await world.newProcess().seal(connector, 'a value');
      expect(await world.newProcess().open(sealed)).toBe('a value');
    });

    it('is made, proven and stored once for many messages, and read without asking KMS', async () => {
      const connector = await world.connector();
      const writer = world.newProcess();
      const calls = await world.callsDuring(async () => {
        const sealed = await Promise.all(Array.from({ length: 50 }, (_, n) => writer.seal(connector, `value ${n}`)));
        expect(new Set(sealed.map(({ dataKeyId }) => dataKeyId)).size).toBe(1);
        for (const one of sealed) expect(await writer.open(one)).toMatch(/^value \d+$/);
      });
      expect(calls).toEqual({ made: 1, opened: 1 });
    });
  });
});
