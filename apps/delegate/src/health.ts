import { createServer, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { RunningDelegate } from './delegate.ts';

/** Requests of one connection that did not wait for an answer: many at once would fill the memory with answers that wait. */
const QUEUED_AT_MOST = 16;

/**
 * Serves `/api/health` (200 while connected, 503 with the reason otherwise) and `/api/metrics` (Prometheus).
 * @returns the server, listening on every address: probes come from the host.
 */
export async function serveHealth(delegate: RunningDelegate, port: number): Promise<Server> {
  const metrics = delegateMetrics(delegate);
  const queued = new WeakMap<Socket, number>();
  const server = createServer((request, response) => {
    // It waits behind another request of its connection: nothing that probes does so by intention.
    if (!response.socket) {
      const count = (queued.get(request.socket) ?? 0) + 1;
      queued.set(request.socket, count);
      if (count > QUEUED_AT_MOST) return void request.socket.destroy();
    }
    const answer = (status: number, type: string, body: string) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    switch (request.url?.split('?')[0]) {
      case '/api/health': {
        const state = delegate.state();
        return answer(state.connected ? 200 : 503, 'application/json', `${JSON.stringify(state)}\n`);
      }
      case '/api/metrics':
        return void metrics.metrics().then(
          (text) => answer(200, metrics.contentType, text),
          () => answer(500, 'text/plain', 'The metrics could not be read.\n'),
        );
      default:
        return answer(404, 'text/plain', 'There is /api/health and /api/metrics.\n');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return server;
}

function delegateMetrics({ tasks, state }: RunningDelegate): Registry {
  const registers = [new Registry()];
  const [registry] = registers;
  if (!registry) throw new Error('There is no registry.');
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'wardline_delegate_connected',
    help: '1 while connected to Wardline',
    registers,
    collect() {
      this.set(state().connected ? 1 : 0);
    },
  });
  new Gauge({
    name: 'wardline_delegate_tasks_running',
    help: 'Tasks that run now',
    registers,
    collect() {
      this.set(tasks.counts.running);
    },
  });
  const counters = [
    ['finished', 'Tasks that ran to their end'],
    ['rejected', 'Tasks that were not taken'],
    ['broken', 'Tasks that were broken off'],
  ] as const;
  for (const [name, help] of counters) {
    new Counter({
      name: `wardline_delegate_tasks_${name}_total`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(tasks.counts[name]);
      },
    });
  }
  new Counter({
    name: 'wardline_delegate_connections_total',
    help: 'Times that Wardline let this delegate in',
    registers,
    collect() {
      this.reset();
      this.inc(state().connections);
    },
  });
  return registry;
}
