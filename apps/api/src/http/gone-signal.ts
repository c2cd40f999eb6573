import type { FastifyReply } from 'fastify';

/** Aborts when the connection ends before the answer was complete. */
export function goneSignal(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished)
      controller.abort(new Error('The client went away before the answer was complete.'));
  });
  return controller.signal;
}
