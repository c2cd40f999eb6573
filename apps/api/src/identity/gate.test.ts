import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Gate } from './gate.ts';

it('lets some work run at once, some wait in line, and turns the rest away', async () => {
  const gate = new Gate({ atOnce: 2, mayWait: 3, full: () => new Error('full') });
  let running = 0;
  let most = 0;
  const finished: number[] = [];
  const work = (id: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    await sleep(5);
    running -= 1;
    finished.push(id);
  };
  const results = await Promise.allSettled([1, 2, 3, 4, 5, 6, 7].map((id) => gate.run(work(id))));
  expect(most).toBe(2);
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, true, true, true, true, false, false]);
  expect(finished).toEqual([1, 2, 3, 4, 5]);
});

it('gives a place back when the work fails', async () => {
  const gate = new Gate({ atOnce: 1, mayWait: 0, full: () => new Error('full') });
  await expect(gate.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await gate.run(async () => 'next')).toBe('next');
});

it('tells whether there is room before anything is done for the work', async () => {
  const gate = new Gate({ atOnce: 1, mayWait: 1, full: () => new Error('full') });
  const first = gate.run(() => sleep(5));
  expect(() => gate.requireRoom()).not.toThrow();
  const second = gate.run(() => sleep(5));
  expect(() => gate.requireRoom()).toThrow('full');
  await Promise.all([first, second]);
  expect(() => gate.requireRoom()).not.toThrow();
});
