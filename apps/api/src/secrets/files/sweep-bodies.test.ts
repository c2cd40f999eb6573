import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { sweepBodies } from './sweep-bodies.ts';
import { type FileWorld, startFileWorld } from './testing/file-world.ts';
import { file, spec } from './testing/form.ts';

const MINUTE_MS = 60_000;

describeEachEngine((engine) => {
  let world: FileWorld;
  beforeAll(async () => {
    world = await startFileWorld(engine);
  });
  afterAll(() => world.close());

  it('what an upload left that a crash cut off goes after an hour, and nothing else', async () => {
    const { storage } = world.app.deps;
    await world.create(spec('kept'), file('content'));
    const { body_id: used } = await world.valueOf('kept');
    const start = Date.now();
    for (let n = 0; n < 25; n += 1) {
      await storage.unrecorded(async ({ fileBodies }) => {
        await fileBodies.insert(`cut-off-${n}`, new Date(start).toISOString());
        await fileBodies.append(`cut-off-${n}`, 0, Buffer.from('frames'));
      });
    }
    const sweepAfter = (minutes: number) => sweepBodies({ storage, now: () => new Date(start + minutes * MINUTE_MS) });

    expect(await sweepAfter(59)).toBe(0);
    expect(await world.bodies()).toHaveLength(26);
    expect(await sweepAfter(61)).toBe(25);
    expect(await world.bodies()).toEqual([used]);
    expect((await world.contentOf('kept')).toString()).toBe('content');
    const { chunks } = await world.db
      .selectFrom('file_chunks')
      .select(({ fn }) => fn.countAll<number | string>().as('chunks'))
      .executeTakeFirstOrThrow();
    expect(Number(chunks)).toBe(1);
  });
});
