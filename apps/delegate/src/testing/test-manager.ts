import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type Task, type TaskEvent, taskEventSchema } from '@wardline/contracts';
import {
  type DelegateFrame,
  delegateFrameSchema,
  delegateTokenKey,
  helloSchema,
  letIn,
  type ManagerFrame,
  makeChallenge,
  newDelegateToken,
  parseFrame,
  provesToken,
} from '@wardline/delegate-protocol';
import { type WebSocket, WebSocketServer } from 'ws';

interface Options {
  /** Serves TLS with this pair. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** What this manager proves; another token than the delegate's makes it an impostor. */
  readonly token?: string;
  readonly heartbeatMs?: number;
  /** The clock of this manager. */
  readonly now?: () => Date;
}

/** A connection that was let in, seen from the manager. */
export interface ManagedSession {
  readonly socket: WebSocket;
  give(task: Task): void;
  send(frame: ManagerFrame): void;
  /** The next frame about a task, or of another type, that was not taken before. */
  next(matches: (frame: DelegateFrame) => boolean): Promise<DelegateFrame>;
  /** The events of a task until its last, opened. */
  events(id: string): Promise<readonly TaskEvent[]>;
}

/** The manager's end of the real protocol, played by hand on real sockets. */
export async function startTestManager(options: Options = {}) {
  const { tls, token = newDelegateToken(), heartbeatMs = 10_000, now = () => new Date() } = options;
  const server = tls ? createHttpsServer(tls) : createHttpServer();
  const sockets = new WebSocketServer({ server });
  const sessions: ManagedSession[] = [];
  const arrivals = new EventTarget();
  /** When each connection was opened, in milliseconds of the monotonic clock. */
  const openedAt: number[] = [];
  sockets.on('connection', (socket) => {
    openedAt.push(performance.now());
    const challenge = makeChallenge(now());
    socket.once('message', (data) => {
      const hello = helloSchema.parse(JSON.parse(String(data)));
      const key = delegateTokenKey(token);
      const entered = letIn(challenge, hello, { key, heartbeatMs });
      if (!entered) throw new Error('The public key of the delegate is none.');
      const session = managedSession(socket, entered.channel);
      socket.send(JSON.stringify(entered.welcome));
      if (provesToken(challenge, hello, key)) sessions.push(session);
      arrivals.dispatchEvent(new Event('session'));
    });
    socket.send(JSON.stringify(challenge));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    token,
    port,
    openedAt,
    sessions,
    /** The n-th session, once it is there. */
    async session(n = 0): Promise<ManagedSession> {
      for (;;) {
        const found = sessions[n];
        if (found) return found;
        await once(arrivals, 'session');
      }
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function managedSession(socket: WebSocket, channel: NonNullable<ReturnType<typeof letIn>>['channel']): ManagedSession {
  const frames: DelegateFrame[] = [];
  const arrivals = new EventTarget();
  const reported: { readonly id: string; readonly event: TaskEvent }[] = [];
  socket.on('message', (data) => {
    const frame = parseFrame(delegateFrameSchema, String(data));
    if (!frame) throw new Error(`The delegate sent what is no frame: ${String(data)}`);
    if (frame.type === 'events') {
      // Sealed frames open in the order in which they came, whichever task they are about.
      const text = channel.open(frame.id, frame.n, frame.sealed);
      for (const event of taskEventSchema.array().parse(JSON.parse(text))) reported.push({ id: frame.id, event });
    }
    frames.push(frame);
    arrivals.dispatchEvent(new Event('frame'));
  });
  const next: ManagedSession['next'] = async (matches) => {
    for (;;) {
      const at = frames.findIndex(matches);
      const [frame] = at >= 0 ? frames.splice(at, 1) : [];
      if (frame) return frame;
      await once(arrivals, 'frame');
    }
  };
  return {
    socket,
    next,
    send: (frame) => socket.send(JSON.stringify(frame)),
    give(task) {
      const sealed = channel.seal(task.id, JSON.stringify(task));
      socket.send(JSON.stringify({ type: 'task', id: task.id, ...sealed }));
    },
    async events(id) {
      for (;;) {
        const events = reported.filter((one) => one.id === id).map(({ event }) => event);
        if (events.some(({ type }) => type === 'finished')) return events;
        await once(arrivals, 'frame');
      }
    },
  };
}
