import { taskEventSchema, taskSchema } from '@wardline/contracts';
import { type MasterKey, open, seal } from '@wardline/envelope';
import { z } from 'zod';

/** A task, and the session of the delegate that is to run it: no other one may. */
const remoteTaskSchema = z.object({ instanceId: z.string(), sessionId: z.string(), task: taskSchema });
export type RemoteTask = z.infer<typeof remoteTaskSchema>;

/** What became of a task that another process has: what the runner beside the socket yields or throws. */
const remoteMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('accepted') }),
  z.object({ type: z.literal('event'), event: taskEventSchema }),
  z.object({
    type: z.literal('not-taken'),
    reason: z.enum(['busy', 'draining', 'unreadable', 'no-answer', 'gone']),
  }),
  z.object({
    type: z.literal('broken-off'),
    reason: z.enum(['disconnected', 'crashed', 'deadline', 'unreadable']),
  }),
]);
export type RemoteMessage = z.infer<typeof remoteMessageSchema>;

/** Encrypts what goes through the tables, each bound to its place there: a row that is copied elsewhere is unreadable. */
export function remoteSeals(masterKey: MasterKey) {
  const sealed = (value: unknown, context: Record<string, string>) =>
    Buffer.from(seal(masterKey, Buffer.from(JSON.stringify(value)), context)).toString('base64');
  const opened = (text: string, context: Record<string, string>): unknown => {
    const plaintext = open(masterKey, Buffer.from(text, 'base64'), context);
    try {
      return JSON.parse(Buffer.from(plaintext).toString());
    } finally {
      plaintext.fill(0);
    }
  };
  const taskContext = (id: string) => ({ purpose: 'remote-task', id });
  const messageContext = (id: string, position: number) => ({
    purpose: 'remote-task-event',
    id,
    position: String(position),
  });

  return {
    sealTask: (id: string, task: RemoteTask) => sealed(task, taskContext(id)),
    /** @throws EnvelopeError for what this master key has not sealed for this id. */
    openTask: (id: string, text: string) => remoteTaskSchema.parse(opened(text, taskContext(id))),
    sealMessage: (id: string, position: number, message: RemoteMessage) =>
      sealed(message, messageContext(id, position)),
    /** @throws EnvelopeError for what this master key has not sealed for this place. */
    openMessage: (id: string, position: number, text: string) =>
      remoteMessageSchema.parse(opened(text, messageContext(id, position))),
  };
}

export type RemoteSeals = ReturnType<typeof remoteSeals>;
