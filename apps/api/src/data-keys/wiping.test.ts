import { setTimeout as sleep } from 'node:timers/promises';
import { seal, type WrappingKey } from '@wardline/envelope';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyWorld, type Sealed, startKeyWorld } from './testing/key-world.ts';

let world: KeyWorld;
beforeAll(async () => {
  world = await startKeyWorld('sqlite');
});
afterAll(() => world.close());

type Process = ReturnType<KeyWorld['newProcess']>;

/** The key itself, which nobody may keep. */
async function keyOf({ dataKeys }: Process, sealed: Sealed): Promise<WrappingKey> {
  return dataKeys.forOpening(await world.reference(sealed), (key) => key);
}

function isWiped(key: WrappingKey): boolean {
  try {
    seal(key, Buffer.from('x'), {});
    return false;
  } catch (error) {
    expect(error).toMatchObject({ code: 'key-wiped' });
    return true;
  }
}

describe('a data key in memory', () => {
  it('is wiped when more are used than are kept, the least recently used first', async () => {
    const writer = world.newProcess({ bounds: { maxMessages: 1 } });
    const connector = await world.connector();
    const one = await writer.seal(connector, 'one');
    const two = await writer.seal(connector, 'two');
    const three = await writer.seal(connector, 'three');
    const reader = world.newProcess({ bounds: { cacheSize: 2 } });
    const [first, second] = [await keyOf(reader, one), await keyOf(reader, two)];
    await reader.open(one);
    await reader.open(three);
    expect([isWiped(first), isWiped(second)]).toEqual([false, true]);
    expect(await reader.open(two)).toBe('two');
    expect(reader.dataKeys.counts).toMatchObject({ kmsCalls: 4, cached: 2 });
  });

  it('is not wiped under whoever uses it', async () => {
    const writer = world.newProcess({ bounds: { maxMessages: 1 } });
    const connector = await world.connector();
    const [one, two] = [await writer.seal(connector, 'one'), await writer.seal(connector, 'two')];
    const reader = world.newProcess({ bounds: { cacheSize: 1 } });
    const key = await reader.dataKeys.forOpening(await world.reference(one), async (used) => {
      expect(await reader.open(two)).toBe('two');
      expect(isWiped(used)).toBe(false);
      return used;
    });
    expect(isWiped(key)).toBe(true);
  });

  it('is wiped when it is too old, also where nobody asks for it', async () => {
    let time = Date.now();
    const connector = await world.connector();
    const bounds = { cacheSeconds: 60, maxSeconds: 60 };
    const process = world.newProcess({ bounds, now: () => new Date(time) });
    const sealed = await process.seal(connector);
    const key = await keyOf(process, sealed);
    time += 59_000;
    await process.dataKeys.sweep();
    expect(isWiped(key)).toBe(false);
    time += 1000;
    process.dataKeys.sweepOld();
    expect(isWiped(key)).toBe(true);
    expect(await process.open(sealed)).toBe('a value');
  });

  it('is wiped and fetched again once its connector was changed', async () => {
    const connector = await world.connector();
    const process = world.newProcess();
    const sealed = await process.seal(connector);
    const key = await keyOf(process, sealed);
    await world.change(connector, 'OidcAuthentication');
    expect(isWiped(key)).toBe(false);
    const calls = await world.callsDuring(() => process.open(sealed));
    expect(calls).toEqual({ made: 0, opened: 1 });
    expect((await process.seal(connector)).dataKeyId).not.toBe(sealed.dataKeyId);
    expect(isWiped(key)).toBe(true);
  });

  it('is wiped where another process changed, disabled or deleted its connector', async () => {
    const process = world.newProcess();
    const [changed, disabled, untouched] = await Promise.all(['c', 'd', 'u'].map(() => world.connector()));
    if (!changed || !disabled || !untouched) throw new Error('no connectors');
    const keys = [];
    for (const one of [changed, disabled, untouched]) keys.push(await keyOf(process, await process.seal(one)));
    await world.change(changed, 'AssumeIAMRole');
    await world.turn(disabled, 'disable');
    await process.dataKeys.sweep();
    expect(keys.map(isWiped)).toEqual([true, true, false]);
  });

  it('is wiped when the server stops, and none is fetched any more', async () => {
    const connector = await world.connector();
    const process = world.newProcess();
    const sealed = await process.seal(connector);
    const key = await keyOf(process, sealed);
    process.dataKeys.close();
    expect(isWiped(key)).toBe(true);
    await expect(process.open(sealed)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await expect(process.seal(connector)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });
});

describe('whatever happens at once', () => {
  it('no key is wiped under anyone, and every key is in the end', async () => {
    const writer = world.newProcess({ bounds: { maxMessages: 1 } });
    const connector = await world.connector();
    const values: Sealed[] = [];
    for (let n = 0; n < 8; n += 1) values.push(await writer.seal(connector, `value ${n}`));
    const reader = world.newProcess({ bounds: { cacheSize: 3, maxMessages: 5 } });
    const seen = new Set<WrappingKey>();
    const look = (key: WrappingKey) => {
      seen.add(key);
      expect(isWiped(key)).toBe(false);
    };
    const use = async (key: WrappingKey) => {
      look(key);
      await sleep(Math.random() * 5);
      look(key);
    };
    for (let round = 0; round < 6; round += 1) {
      const uses = Array.from({ length: 40 }, async (_, n) => {
        const value = values[Math.floor(Math.random() * values.length)];
        if (!value) throw new Error('no value');
        await sleep(Math.random() * 20);
        if (n % 8 === 0) await reader.dataKeys.forSealing(await world.find(connector), 10, use);
        else await reader.dataKeys.forOpening(await world.reference(value), use);
        if (n % 10 === 0) await reader.dataKeys.sweep();
      });
      if (round % 2 === 1) await world.change(connector, round % 4 === 1 ? 'OidcAuthentication' : 'ManualConfig');
      await Promise.all(uses);
    }
    reader.dataKeys.close();
    expect(seen.size).toBeGreaterThan(values.length);
    expect([...seen].filter((key) => !isWiped(key))).toEqual([]);
  });
});

describe('a connector that is disabled', () => {
  it('is neither written to nor read from, until it is enabled', async () => {
    const connector = await world.connector();
    const process = world.newProcess();
    const sealed = await process.seal(connector);
    await world.turn(connector, 'disable');
    const refused = { code: 'KMS_OPERATION_ERROR', details: { finding: { code: 'secret-manager-disabled' } } };
    await expect(process.open(sealed)).rejects.toMatchObject(refused);
    await expect(process.seal(connector)).rejects.toMatchObject(refused);
    await world.turn(connector, 'enable');
    expect(await process.open(sealed)).toBe('a value');
    await process.seal(connector);
  });
});
