import { expect, it, vi } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { type Deed, Recorder } from './recorder.ts';

const actor = systemActor('test');
const deed = (identifier: string): Deed => ({
  actor,
  entry: { action: 'TEST', resource: { type: 'CONNECTOR', identifier }, place: {} },
});
const names = (deeds: readonly Deed[]) => deeds.map(({ entry }) => entry.resource.identifier);

/** A store whose commits end when the test says so. */
function slowStore() {
  const batches: string[][] = [];
  const ends: { commit: () => void; fail: (error: Error) => void }[] = [];
  const recorder = new Recorder((deeds) => {
    batches.push(names(deeds));
    return new Promise((commit, fail) => ends.push({ commit, fail }));
  });
  return { batches, ends, recorder };
}

it('puts what comes in during a commit into the next batch, in order', async () => {
  const { batches, ends, recorder } = slowStore();
  const stored: string[] = [];
  const record = (name: string) => recorder.record([deed(name)]).then(() => void stored.push(name));
  const all = [record('a')];
  await expect.poll(() => batches).toEqual([['a']]);
  all.push(record('b'), record('c'), record('d'));
  ends[0]?.commit();
  await expect.poll(() => batches).toEqual([['a'], ['b', 'c', 'd']]);
  expect(stored).toEqual(['a']);
  ends[1]?.commit();
  await Promise.all(all);
  expect(stored).toEqual(['a', 'b', 'c', 'd']);
});

it('makes one batch of what is recorded in one turn of the event loop', async () => {
  const { batches, ends, recorder } = slowStore();
  const first = recorder.record([deed('a')]);
  await Promise.resolve();
  const second = recorder.record([deed('b'), deed('c')]);
  await expect.poll(() => batches).toEqual([['a', 'b', 'c']]);
  ends[0]?.commit();
  await Promise.all([first, second]);
});

it('fails a whole batch with the error of the store, and no other', async () => {
  const { batches, ends, recorder } = slowStore();
  const failing = [recorder.record([deed('a')]), recorder.record([deed('b')])];
  const outcomes = Promise.allSettled(failing);
  await expect.poll(() => batches.length).toBe(1);
  const next = recorder.record([deed('c')]);
  ends[0]?.fail(new Error('no space'));
  expect(await outcomes).toMatchObject([{ reason: { message: 'no space' } }, { reason: { message: 'no space' } }]);
  await expect.poll(() => batches.length).toBe(2);
  ends[1]?.commit();
  await expect(next).resolves.toBeUndefined();
  expect(batches).toEqual([['a', 'b'], ['c']]);
});

it('fails what waits as well where the database is away, and tries again with what comes later', async () => {
  const { batches, ends, recorder } = slowStore();
  const outcomes = [recorder.record([deed('a')])];
  await expect.poll(() => batches.length).toBe(1);
  outcomes.push(...Array.from({ length: 300 }, (_value, n) => recorder.record([deed(`b${n}`)])));
  const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  const settled = Promise.allSettled(outcomes);
  ends[0]?.fail(away);
  expect(new Set((await settled).map((one) => one.status === 'rejected' && one.reason))).toEqual(new Set([away]));
  const later = recorder.record([deed('c')]);
  await expect.poll(() => batches.length).toBe(2);
  ends[1]?.commit();
  await later;
  expect(batches).toEqual([['a'], ['c']]);
});

it('bounds a batch, and splits the deeds of no caller', async () => {
  const batches: number[] = [];
  const recorder = new Recorder(async (deeds) => void batches.push(deeds.length));
  const many = (count: number) => Array.from({ length: count }, () => deed('x'));
  await Promise.all([
    ...many(300).map((one) => recorder.record([one])),
    recorder.record(many(200)),
    recorder.record(many(500)),
    recorder.record([]),
  ]);
  expect(batches).toEqual([256, 244, 500]);
});

it('is settled when nothing is left to be stored, also of what came late', async () => {
  const { batches, ends, recorder } = slowStore();
  const settled = vi.fn();
  const first = recorder.record([deed('a')]);
  const waiting = recorder.settled().then(settled);
  await expect.poll(() => batches.length).toBe(1);
  const second = recorder.record([deed('b')]);
  ends[0]?.commit();
  await first;
  await expect.poll(() => batches.length).toBe(2);
  expect(settled).not.toHaveBeenCalled();
  ends[1]?.commit();
  await Promise.all([second, waiting]);
  expect(settled).toHaveBeenCalled();
});
