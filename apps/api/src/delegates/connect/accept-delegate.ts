import type { Socket } from 'node:net';
import {
  type DelegateFrame,
  delegateFrameSchema,
  type Hello,
  makeChallenge,
  parseFrame,
  type RefusalCode,
} from '@wardline/delegate-protocol';
import type { FastifyBaseLogger } from 'fastify';
import type { WebSocket } from 'ws';
import { type AdmissionDeps, admit } from './admit.ts';
import { DelegateSession } from './delegate-session.ts';
import type { DelegateHub } from './hub.ts';
import { MAX_UNPROVEN_BYTES, type PendingHandshakes } from './pending-handshakes.ts';
import type { Presence } from './presence.ts';

/** How long a connection may stay without having proven anything, in milliseconds. */
const GREET_WITHIN_MS = 10_000;
/** How long a peer may take to answer a close, in milliseconds. */
const CLOSE_WITHIN_MS = 2000;
/** RFC 6455, section 7.4.2: codes from 4000 on are the application's. */
const CLOSE_CODE = 4000;

export interface ConnectDeps extends AdmissionDeps {
  readonly hub: DelegateHub;
  readonly presence: Presence;
  readonly pending: PendingHandshakes;
  readonly logger: FastifyBaseLogger;
}

/** The request that a WebSocket was opened with. */
interface Opened {
  readonly socket: Socket;
  readonly ip: string;
}

const MESSAGES: Partial<Record<RefusalCode, string>> = {
  'bad-frame': 'A frame was not as the protocol has it.',
  replay: 'A sealed frame was not the next one of this session.',
  'too-slow': 'The delegate does not read what is sent to it.',
  replaced: 'The same delegate has connected anew.',
  'revoked-token': 'The token was revoked.',
  'expired-token': 'The token has expired.',
  'shutting-down': 'This manager is stopping. Connect again.',
};

/** Talks to whoever opened a WebSocket: a delegate, if it proves that it has a token. */
export function acceptDelegate(socket: WebSocket, { socket: stream, ip: address }: Opened, deps: ConnectDeps): void {
  const { hub, presence, logger } = deps;
  const challenge = makeChallenge(deps.now());
  let session: DelegateSession | undefined;
  let greeted = false;
  let ended: RefusalCode | undefined;

  const end = (code: RefusalCode, message = MESSAGES[code] ?? code) => {
    if (ended !== undefined || socket.readyState !== socket.OPEN) return;
    ended = code;
    socket.send(JSON.stringify({ type: 'refused', code, message }));
    socket.close(CLOSE_CODE, code);
    // A peer that does not answer the close gets no more time.
    setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref();
    leave();
  };
  /** From now on nothing is given to the delegate and nothing of it is believed, whatever the connection still does. */
  const leave = () => {
    proven();
    if (!session) return;
    const { facts } = session;
    session.close();
    hub.remove(session);
    session = undefined;
    presence.disconnected(facts, ended ?? 'connection-lost').catch((error: unknown) => {
      logger.warn({ err: error }, 'the end of a delegate session was not stored');
    });
  };
  const proven = limitUnproven(stream, deps.pending.enter(address), {
    tooMuch: () => socket.terminate(),
    tooLate: () => end('bad-frame', 'The handshake took too long.'),
  });

  const greet = async (hello: Hello) => {
    const admission = await admit(challenge, hello, deps);
    if (admission.kind === 'refused') {
      await presence.refused(admission.code, address, hello.self);
      end(admission.code, admission.message);
      return;
    }
    const { token, welcome, channel } = admission;
    const now = deps.now();
    const facts = {
      sessionId: welcome.sessionId,
      self: hello.self,
      tokenRowId: token.id,
      place: token.place,
      address,
      skewMs: Date.parse(hello.at) - now.getTime(),
      connectedAt: now,
    };
    const entered = new DelegateSession(facts, { channel, socket, end });
    if (!(await presence.connected(entered.facts))) {
      return end('wrong-proof', 'A delegate with this instance id came with another token. Start it anew.');
    }
    if (socket.readyState !== socket.OPEN) return presence.disconnected(entered.facts, ended ?? 'connection-lost');
    proven();
    session = entered;
    hub.add(entered, end);
    socket.send(JSON.stringify(welcome));
  };

  const receive = (frame: DelegateFrame | undefined) => {
    if (!frame) return end('bad-frame');
    if (session) {
      session.receive(frame, deps.now());
      return;
    }
    if (frame.type !== 'hello' || greeted) return end('bad-frame');
    greeted = true;
    greet(frame).catch((error: unknown) => {
      logger.error({ err: error }, 'a delegate could not be let in');
      end('shutting-down', 'The manager could not let the delegate in. Try again.');
    });
  };

  socket.on('message', (data, isBinary) => {
    if (ended === undefined) receive(isBinary ? undefined : parseFrame(delegateFrameSchema, String(data)));
  });
  socket.on('error', (error) => logger.info({ err: error }, 'a delegate connection failed'));
  socket.on('close', leave);
  socket.send(JSON.stringify(challenge));
}

/**
 * Bounds the time and the bytes of a connection that has proven nothing.
 * @returns lifts the limits, once it has, or once it is over.
 */
function limitUnproven(
  stream: Socket,
  uncount: () => void,
  { tooMuch, tooLate }: { readonly tooMuch: () => void; readonly tooLate: () => void },
): () => void {
  const late = setTimeout(tooLate, GREET_WITHIN_MS);
  const before = stream.bytesRead;
  const count = () => {
    if (stream.bytesRead - before > MAX_UNPROVEN_BYTES) tooMuch();
  };
  stream.on('data', count);
  return () => {
    clearTimeout(late);
    stream.off('data', count);
    uncount();
  };
}
