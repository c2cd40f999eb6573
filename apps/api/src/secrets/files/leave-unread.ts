import type { onRequestHookHandler } from 'fastify';

/** For how long the rest of a refused upload is still taken, in milliseconds. */
const LINGER_MS = 2000;

/**
 * Refuses uploads without reading them to their end. A connection that is closed with unread data is reset, and many
 * clients then never see the answer: so what still comes is thrown away for a moment, and only then is it closed.
 */
export const leaveUnread: onRequestHookHandler = (request, reply, done) => {
  reply.raw.once('finish', () => {
    const { raw } = request;
    if (raw.readableEnded) return;
    raw.unpipe();
    raw.resume();
    const timer = setTimeout(() => raw.destroy(), LINGER_MS).unref();
    raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
  });
  done();
};
