import type { Task, TaskEvent } from '@wardline/contracts';
import type { DelegateSelf } from '@wardline/delegate-protocol';
import { sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import { systemActor } from '../../../access/principal.ts';
import { createDelegateToken } from '../../../delegate-tokens/create-delegate-token.ts';
import { startServer } from '../../../test-connection/testing/start-server.ts';
import { connectDelegate, type TestDelegate } from '../../testing/test-delegate.ts';
import { startAsker } from './second-process.ts';

export const finished = { type: 'finished', status: 'SUCCESS' } as const satisfies TaskEvent;
export const started = {
  type: 'hop-started',
  hop: 'validate',
  startedAt: '2026-11-24T10:00:00.000Z',
} as const satisfies TaskEvent;
export const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:alias/not-in-the-clear';

export function newTask(deadlineMs = 10_000): Task {
  return {
    kind: 'test-connection',
    id: uuid(),
    deadlineMs,
    connection: { keyArn: KEY_ARN, region: 'eu-west-1', credential: { type: 'AssumeIAMRole' } },
    encryptionContext: {},
  };
}

/** A server that holds delegates, and another process on the same PostgreSQL that has them run tasks. */
export async function startAskedWorld() {
  const server = await startServer('postgres');
  const asker = await startAsker(server);
  const by = { actor: systemActor('test') };
  const token = { place: {}, name: 'a token', expiresAt: null };
  const { value } = await createDelegateToken(server.deps, by, token);
  const find = ({ instanceId }: Pick<TestDelegate, 'instanceId'>) =>
    asker.processes.connected().find(({ candidate }) => candidate.id === instanceId);

  return {
    server,
    asker,
    /** Whether the asker can give tasks to the delegate. */
    knows: (delegate: Pick<TestDelegate, 'instanceId'>) => () => find(delegate) !== undefined,
    /** A delegate of the server that the asker knows. */
    async enter(self: Partial<DelegateSelf> = {}): Promise<TestDelegate> {
      const delegate = await connectDelegate({ url: server.url, token: value, self: { capacity: 4, ...self } });
      await delegate.next('welcome');
      await expect.poll(() => find(delegate) !== undefined).toBe(true);
      return delegate;
    },
    /** Has the asker run a task on the delegate; what it yields is gathered, and `over` tells how it ends. */
    run(delegate: TestDelegate, task: Task = newTask(), signal = new AbortController().signal) {
      const found = find(delegate);
      if (!found) throw new Error('The asker does not know the delegate.');
      const events: TaskEvent[] = [];
      const over = (async () => {
        for await (const event of found.candidate.runner.run(task, signal)) events.push(event);
      })();
      // The test looks at it later.
      over.catch(() => {});
      return { events, over };
    },
    /** What is left in the tables. */
    async left(): Promise<unknown[]> {
      const { rows } = await sql`select id from remote_tasks union all select task_id from remote_task_events`.execute(
        server.db,
      );
      return rows;
    },
    async close() {
      await asker.close();
      await server.close();
    },
  };
}

export type AskedWorld = Awaited<ReturnType<typeof startAskedWorld>>;
