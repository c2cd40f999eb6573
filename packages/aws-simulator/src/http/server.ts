import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Delivery, deliver, intercepted } from '../faults/delivery.ts';
import type { FaultService } from '../faults/fault.ts';
import type { FaultBoard, StruckFaults } from '../faults/fault-control.ts';
import { type HttpReply, type HttpRequest, readRequest, textReply } from './exchange.ts';
import type { RequestCounter } from './request-counts.ts';

/** One simulated service: what a request is called, for faults, and what it answers. */
export interface Service {
  readonly name: FaultService;
  operationOf(request: HttpRequest): string;
  /** `undefined`: no answer at all, ever. */
  answer(request: HttpRequest, faults: StruckFaults, now: Date): Promise<HttpReply | undefined> | HttpReply | undefined;
}

/** A server that listens. */
export interface Listener {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1, never on another address. Closing cuts the connections that still hang. */
export async function listen(
  handle: (message: IncomingMessage, response: ServerResponse) => Promise<void>,
): Promise<Listener> {
  const server = createServer((message, response) => {
    handle(message, response).catch((error: unknown) => {
      // A client that goes away in the middle of its request is no trouble; anything else is a bug here, and is shown.
      if (!message.destroyed || message.complete) process.emitWarning(error instanceof Error ? error : String(error));
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function writeHead(response: ServerResponse, reply: HttpReply, now: Date, length: number): void {
  response.sendDate = false;
  response.writeHead(reply.status, { ...reply.headers, date: now.toUTCString(), 'content-length': length });
}

/** Puts an answer on the wire. Exported for the control API, which no fault strikes. */
export function send(response: ServerResponse, delivery: Delivery, now: Date): void {
  switch (delivery.kind) {
    case 'never':
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'whole': {
      const body = Buffer.from(delivery.reply.body);
      writeHead(response, delivery.reply, now, body.length);
      response.end(body);
      return;
    }
    case 'cut': {
      const body = Buffer.from(delivery.reply.body);
      const half = body.subarray(0, Math.floor(body.length / 2));
      writeHead(response, delivery.reply, now, half.length);
      response.end(half);
      return;
    }
    case 'reset-mid-body': {
      const body = Buffer.from(delivery.reply.body);
      writeHead(response, delivery.reply, now, body.length);
      // Only once the first half has left: a reset throws away what still waits to be sent.
      response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
        setImmediate(() => response.socket?.resetAndDestroy());
      });
    }
  }
}

/** Serves one simulated service, with the faults that are set for it, and counts what it is asked. */
export function serve(
  service: Service,
  { board, requests, clock }: { board: FaultBoard; requests: RequestCounter; clock: () => Date },
): Promise<Listener> {
  return listen(async (message, response) => {
    const request = await readRequest(message);
    if (!request) {
      send(response, { kind: 'whole', reply: textReply(413, 'Request too large', { connection: 'close' }) }, clock());
      return;
    }
    const operation = service.operationOf(request);
    requests.add(service.name, operation);
    const faults = board.strike(service.name, operation);
    const late = faults.find('latency');
    if (late) await delay(late.ms, undefined, { ref: false });
    const now = new Date(clock().getTime() + (faults.find('clock-offset')?.ms ?? 0));
    const stopped = intercepted(faults);
    if (stopped) {
      send(response, stopped, now);
      return;
    }
    const reply = await service.answer(request, faults, now);
    send(response, reply ? deliver(reply, faults) : { kind: 'never' }, now);
  });
}
