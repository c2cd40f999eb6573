import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type KeyWorld, type Sealed, startKeyWorld } from './testing/key-world.ts';

let world: KeyWorld;
beforeAll(async () => {
  world = await startKeyWorld('sqlite');
});
afterEach(() => world.simulator.faults.clear());
afterAll(() => world.close());

/** Values under a connector of their own, with so many messages to a data key. */
async function manyValues(count: number, maxMessages = 1000) {
  const connector = await world.connector();
  const writer = world.newProcess({ bounds: { maxMessages } });
  const values = await Promise.all(Array.from({ length: count }, (_, n) => writer.seal(connector, `value ${n}`)));
  const [first] = values;
  if (!first) throw new Error('no values');
  const row = await world.reference(first);
  const rowOf = ({ dataKeyId }: Sealed) => ({ ...row, dataKeyId });
  return { connector, writer, values, rowOf, keys: new Set(values.map(({ dataKeyId }) => dataKeyId)) };
}

describe('what writing costs', () => {
  it('1,000 messages take as many data keys as the bound on messages says, each proven once', async () => {
    let keys = 0;
    const calls = await world.callsDuring(async () => {
      keys = (await manyValues(1000, 100)).keys.size;
    });
    expect(keys).toBe(10);
    expect(calls).toEqual({ made: 10, opened: 10 });
  });

  it('and as the bound on bytes says; one that is larger than the bound has a data key to itself', async () => {
    const connector = await world.connector();
    const { seal } = world.newProcess({ bounds: { maxBytes: 1000 } });
    const keys = [];
    for (const bytes of [400, 600, 400, 5000, 400]) keys.push((await seal(connector, 'x', bytes)).dataKeyId);
    const [one, two, three, four, five] = keys;
    expect(two).toBe(one);
    expect(new Set([one, three, four, five]).size).toBe(4);
  });

  it('and as the bound on time says', async () => {
    let time = Date.now();
    const connector = await world.connector();
    const { seal } = world.newProcess({ bounds: { maxSeconds: 60 }, now: () => new Date(time) });
    const first = await seal(connector);
    time += 59_000;
    expect((await seal(connector)).dataKeyId).toBe(first.dataKeyId);
    time += 1000;
    expect((await seal(connector)).dataKeyId).not.toBe(first.dataKeyId);
  });

  it('200 who write at once to a new connector share one data key', async () => {
    const connector = await world.connector();
    const { seal } = world.newProcess();
    const calls = await world.callsDuring(() => Promise.all(Array.from({ length: 200 }, () => seal(connector))));
    expect(calls).toEqual({ made: 1, opened: 1 });
  });
});

describe('what reading costs', () => {
  it('10,000 reads of 1,000 values cost at most one call for 1,000 reads, in a process that has just started', async () => {
    const { values, rowOf, keys } = await manyValues(1000, 100);
    const reader = world.newProcess();
    const calls = await world.callsDuring(async () => {
      for (let round = 0; round < 10; round += 1) {
        for (const value of values) await reader.open(value, rowOf(value));
      }
    });
    expect(keys.size).toBe(10);
    expect(calls).toEqual({ made: 0, opened: 10 });
    expect(reader.dataKeys.counts).toEqual({ kmsCalls: 10, hits: 9990, misses: 10, cached: 10 });
  });

  it('200 who read at once after a start cause one call for each data key', async () => {
    const { values, rowOf, keys } = await manyValues(200, 20);
    const reader = world.newProcess();
    // Whoever comes later joins those who wait already.
    world.simulator.faults.add({ service: 'kms', kind: 'latency', ms: 100 });
    const calls = await world.callsDuring(async () => {
      const read = await Promise.all(values.map((value) => reader.open(value, rowOf(value))));
      expect(read).toEqual(values.map((_, n) => `value ${n}`));
    });
    expect(keys.size).toBe(10);
    expect(calls).toEqual({ made: 0, opened: 10 });
  });

  it('whoever writes can read without another call', async () => {
    const { writer, values, rowOf } = await manyValues(10);
    const calls = await world.callsDuring(() => Promise.all(values.map((value) => writer.open(value, rowOf(value)))));
    expect(calls).toEqual({ made: 0, opened: 0 });
  });
});
