import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** How long a client may take to send a file, in milliseconds: the largest, within this time, takes a line of 140 kbit/s. */
export const FILE_MS = 600_000;
/** How long any other request may take to arrive: the largest, within this time, takes a line of 280 kbit/s. */
const REQUEST_MS = 60_000;

interface RequestTimeOptions {
  /** In place of a minute. */
  readonly requestMs?: number;
}

/**
 * Ends the connection of a client that takes too long to send a body; else whoever sends a byte a minute holds one for
 * good, also who was refused already. Node itself looks after the headers, and after the time that a file may take. Comes
 * before whatever refuses a request.
 */
export const requestTimePlugin = fp(async (app: FastifyInstance, { requestMs = REQUEST_MS }: RequestTimeOptions) => {
  app.addHook('onRequest', ({ raw, routeOptions }, _reply, done) => {
    if (hasBody(raw) && !isFile(routeOptions.url)) {
      const timer = setTimeout(() => raw.destroy(), requestMs).unref();
      const arrived = () => clearTimeout(timer);
      raw.once('end', arrived).once('close', arrived);
    }
    done();
  });
});

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const isFile = (url: string | undefined): boolean => url?.startsWith('/ng/api/v2/secrets/files') ?? false;
