import { z } from 'zod';

/** Everyone listens here: which delegates have come or gone, and that a process has. */
export const COMMON_CHANNEL = 'wardline_delegates';

/** What is for one process only: its tasks, and what became of those that it gave to others. */
export function channelOf(processId: string): string {
  return `wardline_${processId}`;
}

/** How many ids fit into one notification: PostgreSQL takes 8000 bytes (https://www.postgresql.org/docs/current/sql-notify.html). */
export const IDS_AT_ONCE = 150;

/** What a notification says. It carries ids only; what they stand for is read from the tables. */
const noticeSchema = z.discriminatedUnion('type', [
  /** These delegates have come or gone. */
  z.object({ type: z.literal('delegates'), from: z.string(), ids: z.array(z.string()) }),
  /** A process has come or gone. */
  z.object({ type: z.literal('processes'), from: z.string() }),
  /** There are tasks to take. */
  z.object({ type: z.literal('tasks') }),
  /** Something became of a task. */
  z.object({ type: z.literal('events') }),
  /** Nobody waits for this task any more. */
  z.object({ type: z.literal('withdrawn'), id: z.string() }),
  /** From a process to itself: its notifications arrive. */
  z.object({ type: z.literal('echo') }),
]);
export type Notice = z.infer<typeof noticeSchema>;

/** @returns undefined for what is no notice of Wardline. */
export function readNotice(payload: string | undefined): Notice | undefined {
  try {
    return noticeSchema.safeParse(JSON.parse(payload ?? '')).data;
  } catch {
    return undefined;
  }
}
