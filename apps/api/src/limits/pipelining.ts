import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Requests of one connection that wait for their answers at the same time. Clients and proxies send one after another. */
const UNANSWERED_AT_MOST = 16;

/**
 * Keeps requests that are sent without waiting for answers (RFC 9112, section 9.3.2) from filling the memory, which takes
 * no identity:
 * - A connection that sends many ends. Node reads whatever has come in before it looks whether answers are taken, and a
 *   kilobyte of short requests is a hundred of answers that wait.
 * - When a connection has ended, every answer hears of it. Node tells the one only whose turn it is; whatever waits for
 *   the end of another, to let go of it, would wait for ever.
 */
export const pipeliningPlugin = fp(async ({ server }: FastifyInstance) => {
  const unanswered = new WeakMap<Socket, Set<ServerResponse>>();
  const waitingOn = (socket: Socket): Set<ServerResponse> => {
    const known = unanswered.get(socket);
    if (known) return known;
    const waiting = new Set<ServerResponse>();
    unanswered.set(socket, waiting);
    const tellAll = () => {
      for (const response of waiting) response.emit('close');
    };
    // After Node has told the one.
    socket.once('close', () => setImmediate(tellAll));
    return waiting;
  };

  // In front of Fastify, for which each request is a good deal of work and memory.
  for (const handle of server.listeners('request')) {
    server.removeListener('request', handle as never);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { socket } = request;
      const waiting = waitingOn(socket);
      if (waiting.size >= UNANSWERED_AT_MOST) {
        socket.destroy();
        return;
      }
      waiting.add(response);
      response.once('close', () => waiting.delete(response));
      Reflect.apply(handle, server, [request, response]);
    });
  }
});
