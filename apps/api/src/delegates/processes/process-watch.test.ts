import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrokenOff } from '../../dispatch/not-run.ts';
import { describePostgres } from '../../test-support/test-app.ts';
import type { TestDelegate } from '../testing/test-delegate.ts';
import { type AskedWorld, finished, startAskedWorld, started } from './testing/asked-world.ts';
import { startAsker } from './testing/second-process.ts';

let world: AskedWorld;
let delegate: TestDelegate;

describePostgres(() => {
  beforeAll(async () => {
    world = await startAskedWorld();
  });
  beforeEach(async () => {
    delegate = await world.enter();
  });
  afterEach(async () => {
    delegate.close();
    await expect.poll(world.left).toEqual([]);
  });
  afterAll(() => world.close());

  describe('a process that falls silent', () => {
    it('is believed within seconds to have broken off what it has', async () => {
      const { events, over } = world.run(delegate);
      const { id } = await delegate.task();
      delegate.send(delegate.event(id, started));
      await expect.poll(() => events).toHaveLength(1);
      // As of a process that is stopped: its row stays as it is.
      await sql`create function stand_still() returns trigger language plpgsql as
        $$ begin new.beat_at := old.beat_at; return new; end $$`.execute(world.server.db);
      await sql`create trigger stand_still before update on api_processes for each row
        when (new.id != ${sql.lit(world.asker.processId)}) execute function stand_still()`.execute(world.server.db);
      const silentAt = performance.now();
      await expect(over).rejects.toEqual(new BrokenOff('disconnected'));
      expect(performance.now() - silentAt).toBeLessThan(8000);
      await sql`drop trigger stand_still on api_processes`.execute(world.server.db);
      delegate.send(delegate.event(id, finished));
    });
  });

  describe('a process that was given up', () => {
    it('joins again by itself, and its delegates with it', async () => {
      const gone = await sql`delete from api_processes where id != ${world.asker.processId} returning id`.execute(
        world.server.db,
      );
      expect(gone.rows).toHaveLength(1);
      await world.asker.storage.heldDelegates.endProcess({ live: world.asker.processId }, new Date().toISOString());
      const row = world.server.db
        .selectFrom('delegate_instances')
        .select('connected')
        .where('instance_id', '=', delegate.instanceId);
      expect(await row.execute()).toEqual([{ connected: 0 }]);
      await expect.poll(() => row.execute(), { timeout: 12_000 }).toEqual([{ connected: 1 }]);
      await expect.poll(world.knows(delegate)).toBe(true);
      const { over } = world.run(delegate);
      const { id } = await delegate.task();
      delegate.send(delegate.event(id, finished));
      await over;
    });
  });

  describe('a process that is gone', () => {
    it('is found by one that starts: what it held is not connected, what it asked for is not kept', async () => {
      await sql`insert into api_processes values ('ghost', '2000-01-01T00:00:00.000Z', '{}')`.execute(world.server.db);
      await sql`insert into remote_tasks select 'its-task', 'ghost', id, '', 0, '2100-01-01T00:00:00.000Z'
        from api_processes where id != 'ghost' limit 1`.execute(world.server.db);
      const { instanceId } = delegate;
      delegate.close();
      await expect.poll(world.knows({ instanceId })).toBe(false);
      const held = world.server.db.updateTable('delegate_instances').where('instance_id', '=', instanceId);
      await held.set({ process_id: 'ghost', connected: 1 }).execute();
      await (await startAsker(world.server)).close();
      const row = world.server.db
        .selectFrom('delegate_instances')
        .select('connected')
        .where('instance_id', '=', instanceId);
      expect(await row.execute()).toEqual([{ connected: 0 }]);
      expect(await world.left()).toEqual([]);
    });
  });
});
