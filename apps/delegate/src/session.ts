import type { Agent } from 'node:http';
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
import type { Tasks } from './tasks.ts';

/** How long connecting and the handshake may take together, in milliseconds. */
const GREETING_WITHIN_MS = 15_000;
/** Of this many heartbeats without an answer, the connection is taken for dead. */
const MISSED_HEARTBEATS = 3;

/** How a session ended. */
export type SessionEnd =
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly message: string }
  | { readonly kind: 'impostor' }
  | { readonly kind: 'lost'; readonly reason: string };

interface SessionOptions {
  readonly url: URL;
  readonly agent: Agent;
  readonly ca: string[] | undefined;
  readonly token: string;
  readonly accountId: string;
  readonly self: DelegateSelf;
  readonly tasks: Tasks;
  readonly now: () => Date;
  /** Called once the manager has let the delegate in. */
  readonly onOpen: (session: OpenSession) => void;
}

/** A session that can be ended from outside. */
export interface OpenSession {
  /** Tells the manager that nothing new is taken. */
  announceDraining(): void;
  close(): void;
}

/** Connects, proves the token, and runs what the manager sends. Resolves when it is over, however it ended. */
export function runSession(options: SessionOptions): Promise<SessionEnd> {
  const { url, agent, ca, tasks, now } = options;
  return new Promise((resolve) => {
    const socket = new WebSocket(url, {
      agent,
      ...(ca && { ca }),
      maxPayload: MAX_FRAME_BYTES,
      perMessageDeflate: false,
    });
    let pending: PendingHello | undefined;
    let channel: SealedChannel | undefined;
    let end: SessionEnd = { kind: 'lost', reason: 'The connection was closed.' };
    let heartbeat: NodeJS.Timeout | undefined;
    let unanswered = 0;
    const greeting = setTimeout(
      () => finish({ kind: 'lost', reason: 'Wardline did not answer in time.' }),
      GREETING_WITHIN_MS,
    );

    const finish = (how: SessionEnd) => {
      end = how;
      socket.terminate();
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
      options.onOpen({ announceDraining: () => send({ type: 'draining' }), close: () => socket.close() });
    };
    const receive = (frame: ManagerFrame): void => {
      switch (frame.type) {
        case 'challenge':
          pending = answerChallenge(frame, { ...options, now: now() });
          send(pending.hello);
          return;
        case 'welcome': {
          const sealed = pending?.finish(frame);
          if (sealed) open(sealed, frame.heartbeatMs);
          else finish({ kind: 'impostor' });
          return;
        }
        case 'refused':
          end = { kind: 'refused', code: frame.code, message: frame.message };
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
      if (end.kind === 'lost') end = { kind: 'lost', reason: describeError(error) };
    });
    socket.on('close', () => {
      clearTimeout(greeting);
      clearInterval(heartbeat);
      tasks.cancelAll();
      resolve(end);
    });
  });
}

/** What a person can do something about; Node's messages name host and port. */
function describeError(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/.test(code)) {
    return `The certificate of Wardline is not trusted (${code}). If it is your own, put its CA into EXTRA_CA_FILES.`;
  }
  return error.message || code || 'The connection failed.';
}
