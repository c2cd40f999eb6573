import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TaskEvent } from '@wardline/contracts';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BrokenOff, NotTaken } from '../../dispatch/not-run.ts';
import { describePostgres } from '../../test-support/test-app.ts';
import type { TestDelegate } from '../testing/test-delegate.ts';
import { type AskedWorld, finished, KEY_ARN, newTask, startAskedWorld, started } from './testing/asked-world.ts';

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

  describe('a task for a delegate of another process', () => {
    it('is run, and every event arrives in order', async () => {
      const { events, over } = world.run(delegate);
      const { id, connection } = await delegate.task();
      expect(connection.keyArn).toBe(KEY_ARN);
      delegate.send({ type: 'accepted', id });
      const many = Array.from(
        { length: 200 },
        (_, n): TaskEvent => ({ ...started, startedAt: new Date(n).toISOString() }),
      );
      for (const event of [...many, finished]) delegate.send(delegate.event(id, event));
      await over;
      expect(events).toEqual([...many, finished]);
    });

    it('is never in the clear in the tables, nor is what became of it', async () => {
      await sql`create table seen (content text)`.execute(world.server.db);
      await sql`create function see() returns trigger language plpgsql as
        $$ begin insert into seen values (row_to_json(new)::text); return new; end $$`.execute(world.server.db);
      for (const table of ['remote_tasks', 'remote_task_events']) {
        await sql`create trigger see before insert on ${sql.table(table)} for each row execute function see()`.execute(
          world.server.db,
        );
      }
      const plaintext = randomBytes(32).toString('base64');
      const dataKey = { type: 'data-key', keyArn: KEY_ARN, ciphertext: 'c2VhbGVk', plaintext } as const;
      const { events, over } = world.run(delegate, { ...newTask(), kind: 'generate-data-key' });
      const { id } = await delegate.task();
      delegate.send(delegate.event(id, started));
      delegate.send(delegate.event(id, dataKey));
      delegate.send(delegate.event(id, finished));
      await over;
      expect(events).toEqual([started, dataKey, finished]);
      const { rows } = await sql<{ content: string }>`select content from seen`.execute(world.server.db);
      const decoded = rows.map(
        ({ content }) => content + Buffer.from(JSON.parse(content).sealed, 'base64').toString('latin1'),
      );
      expect(decoded.length).toBeGreaterThan(1);
      for (const clear of ['not-in-the-clear', 'AssumeIAMRole', 'hop-started', 'SUCCESS', 'plaintext', plaintext]) {
        expect(decoded.join()).not.toContain(clear);
      }
    });

    it.each(['busy', 'draining', 'unreadable'] as const)('is not taken where the delegate says: %s', async (reason) => {
      const { over } = world.run(delegate);
      const { id } = await delegate.task();
      delegate.send({ type: 'rejected', id, reason });
      await expect(over).rejects.toMatchObject({ name: 'NotTaken', reason });
    });

    it('is not taken where the delegate does not answer', async () => {
      const { over } = world.run(delegate);
      await delegate.task();
      await expect(over).rejects.toEqual(new NotTaken('no-answer'));
    });

    it('is accepted in time by a delegate that has nothing to report for a while', async () => {
      const { over } = world.run(delegate);
      const { id } = await delegate.task();
      delegate.send({ type: 'accepted', id });
      await sleep(3500);
      delegate.send(delegate.event(id, finished));
      await expect(over).resolves.toBeUndefined();
    });

    it('is not given to a newer session of the delegate than the one that was meant', async () => {
      const known = world.asker.processes.connected().find(({ candidate }) => candidate.id === delegate.instanceId);
      delegate = await world.enter({ instanceId: delegate.instanceId });
      const before = known?.candidate.runner.run(newTask(), new AbortController().signal);
      await expect(before?.[Symbol.asyncIterator]().next()).rejects.toEqual(new NotTaken('gone'));
      expect(delegate.frames.filter(({ type }) => type === 'task')).toEqual([]);
    });

    it.each([
      ['crashed', 'crashed'],
      ['deadline', 'deadline'],
    ] as const)('is broken off where the delegate says: %s', async (said, reason) => {
      const { over } = world.run(delegate);
      const { id } = await delegate.task();
      delegate.send({ type: 'accepted', id });
      delegate.send({ type: 'ended', id, reason: said });
      await expect(over).rejects.toEqual(new BrokenOff(reason));
    });

    it('is broken off where the delegate disconnects', async () => {
      const { events, over } = world.run(delegate);
      const { id } = await delegate.task();
      delegate.send(delegate.event(id, started));
      await expect.poll(() => events).toHaveLength(1);
      delegate.socket.terminate();
      await expect(over).rejects.toEqual(new BrokenOff('disconnected'));
      await expect.poll(world.knows(delegate)).toBe(false);
    });

    it('is cancelled at the delegate when nobody waits for it any more, and what comes late is dropped', async () => {
      const stop = new AbortController();
      const { events, over } = world.run(delegate, newTask(), stop.signal);
      const { id } = await delegate.task();
      delegate.send(delegate.event(id, started));
      await expect.poll(() => events).toHaveLength(1);
      stop.abort(new Error('enough'));
      await expect(over).rejects.toThrow('enough');
      expect(await delegate.next('cancel')).toMatchObject({ id });
      delegate.send(delegate.event(id, finished));
      await sleep(300);
      expect(await world.left()).toEqual([]);
      expect(events).toEqual([started]);
    });

    it('has an end when its deadline has passed, whatever the delegate does', async () => {
      const { over } = world.run(delegate, newTask(500));
      const { id } = await delegate.task();
      delegate.send({ type: 'accepted', id });
      const begunAt = performance.now();
      await expect(over).rejects.toEqual(new BrokenOff('deadline'));
      expect(performance.now() - begunAt).toBeLessThan(3000);
    });

    it('counts as load of the delegate, here at once', async () => {
      const load = () =>
        world.asker.processes
          .connected()
          .find(({ candidate }) => candidate.id === delegate.instanceId)
          ?.candidate.load();
      expect(load()).toBe(0);
      const { over } = world.run(delegate);
      expect(load()).toBe(0.25);
      const { id } = await delegate.task();
      delegate.send(delegate.event(id, finished));
      await over;
      expect(load()).toBe(0);
    });
  });
});
