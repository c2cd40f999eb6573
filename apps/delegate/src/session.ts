import type { Agents } from '@wardline/aws-kms';
import {
  answerChallenge,
  type DelegateFrame,
  type DelegateSelf,
  MAX_FRAME_BYTES,
  type ManagerFrame,
  managerFrameSchema,
  type PendingHello,
  parseFrame,
  type RefusalCode,
  type SealedChannel,
} from '@wardline/delegate-protocol';
import { WebSocket } from 'ws';
import { describeConnectError } from './connect-error.ts';
import type { Tasks } from './tasks.ts';

/** How long connecting and the handshake may take together, in milliseconds. */
const GREETING_WITHIN_MS = 15_000;
/** How long the manager may take to answer a close, in milliseconds. */
const CLOSE_WITHIN_MS = 2000;
/** Of this many heartbeats without an answer, the connection is taken for dead. */
const MISSED_HEARTBEATS = 3;

/** How a session ended. */
export type SessionEnd =
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
  | { readonly kind: 'impostor' }
  | { readonly kind: 'lost'; readonly reason: string };

interface SessionOptions {
  readonly url: URL;
  readonly agents: Agents;
  readonly ca: string[] | undefined;
  readonly token: string;
  readonly accountId: string;
  readonly self: DelegateSelf;
  readonly tasks: Tasks;
  readonly now: () => Date;
  /** Ends the session, also one that is not open yet. */
  readonly signal: AbortSignal;
  /** Called with how far this host's clock is ahead of the manager's, in milliseconds. */
  readonly onClock: (skewMs: number) => void;
  /** Called once the manager has let the delegate in. */
  readonly onOpen: (session: OpenSession) => void;
}

/** A session that can be ended from outside. */
export interface OpenSession {
  /** Tells the manager that nothing new is taken. */
  announceDraining(): void;
}

/** Connects, proves the token, and runs what the manager sends. Resolves when it is over, however it ended. */
export function runSession(options: SessionOptions): Promise<SessionEnd> {
  const { url, agents, ca, tasks, now, signal } = options;
  return new Promise((resolve) => {
    const socket = new WebSocket(url, {
      agent: url.protocol === 'wss:' ? agents.https : agents.http,
      ...(ca && { ca }),
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    let pending: PendingHello | undefined;
    let channel: SealedChannel | undefined;
    /** The first reason counts: what follows is only its echo. */
    let end: SessionEnd | undefined;
    let heartbeat: NodeJS.Timeout | undefined;
    let unanswered = 0;

    const finish = (how: SessionEnd) => {
      end ??= how;
      socket.terminate();
    };
    const greeting = setTimeout(
      () => finish({ kind: 'lost', reason: 'Wardline did not answer in time.' }),
      GREETING_WITHIN_MS,
    );
    const leave = () => {
      end ??= { kind: 'lost', reason: 'The delegate is stopping.' };
      if (socket.readyState === socket.CONNECTING) return socket.terminate();
      socket.close();
      setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref();
    };
    const send = (frame: DelegateFrame) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
    };
    const open = (sealed: SealedChannel, heartbeatMs: number) => {
      channel = sealed;
      clearTimeout(greeting);
      heartbeat = setInterval(() => {
        unanswered += 1;
        if (unanswered > MISSED_HEARTBEATS) finish({ kind: 'lost', reason: 'Wardline answers no more.' });
        else send({ type: 'heartbeat', at: now().toISOString(), running: tasks.counts.running });
      }, heartbeatMs);
      options.onOpen({ announceDraining: () => send({ type: 'draining' }) });
    };
    const receive = (frame: ManagerFrame): void => {
      switch (frame.type) {
        case 'challenge':
          // One each: whoever asks twice wants something else than to let a delegate in.
          if (pending) {
            finish({ kind: 'impostor' });
            return;
          }
          options.onClock(now().getTime() - Date.parse(frame.serverTime));
          pending = answerChallenge(frame, { ...options, now: now() });
          send(pending.hello);
          return;
        case 'welcome': {
          const sealed = channel ? undefined : pending?.finish(frame);
          if (sealed) open(sealed, frame.heartbeatMs);
          else finish({ kind: 'impostor' });
          return;
        }
        case 'refused':
          end ??= { kind: 'refused', code: frame.code, message: frame.message };
          return;
        case 'heartbeat':
          unanswered = 0;
          return;
        case 'cancel':
          tasks.cancel(frame.id);
          return;
        case 'task':
          if (channel) take(frame, channel);
          else finish({ kind: 'impostor' });
      }
    };
    const take = ({ id, n, sealed }: Extract<ManagerFrame, { type: 'task' }>, own: SealedChannel) => {
      const seal = (taskId: string, plaintext: string) => own.seal(taskId, plaintext);
      tasks.take(id, own.open(id, n, sealed), { send, seal });
    };

    socket.on('message', (data, isBinary) => {
      if (end) return;
      const frame = isBinary ? undefined : parseFrame(managerFrameSchema, String(data));
      try {
        if (frame) receive(frame);
        else finish({ kind: 'lost', reason: 'Wardline sent what is no frame of the protocol.' });
      } catch {
        // A frame that does not open is not of this session: nothing more of it is believed.
        finish({ kind: 'impostor' });
      }
    });
    socket.on('error', (error) => {
      end ??= { kind: 'lost', reason: describeConnectError(error) };
    });
    socket.on('close', () => {
      clearTimeout(greeting);
      clearInterval(heartbeat);
      signal.removeEventListener('abort', leave);
      tasks.cancelAll();
      resolve(end ?? { kind: 'lost', reason: 'The connection was closed.' });
    });
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  });
}
