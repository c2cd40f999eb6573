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
import type { Presence } from './presence.ts';

/** How long a connection may stay without a hello, in milliseconds. */
const HELLO_WITHIN_MS = 10_000;
/** RFC 6455, section 7.4.2: codes from 4000 on are the application's. */
const CLOSE_CODE = 4000;

export interface ConnectDeps extends AdmissionDeps {
  readonly hub: DelegateHub;
  readonly presence: Presence;
  readonly logger: FastifyBaseLogger;
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
export function acceptDelegate(socket: WebSocket, address: string, deps: ConnectDeps): void {
  const challenge = makeChallenge(deps.now());
  let session: DelegateSession | undefined;
  let reason: RefusalCode | 'connection-lost' = 'connection-lost';

  const end = (code: RefusalCode, message = MESSAGES[code] ?? code) => {
    if (socket.readyState !== socket.OPEN) return;
    reason = code;
    socket.send(JSON.stringify({ type: 'refused', code, message }));
    socket.close(CLOSE_CODE, code);
    // A peer that does not answer the close gets no more time.
    setTimeout(() => socket.terminate(), 2000).unref();
  };
  const late = setTimeout(() => end('bad-frame', 'No hello came in time.'), HELLO_WITHIN_MS);

  const greet = async (hello: Hello) => {
    clearTimeout(late);
    const admission = await admit(challenge, hello, deps);
    if (admission.kind === 'refused') {
      await deps.presence.refused(admission.code, address, hello.self);
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
    await deps.presence.connected(entered.facts);
    if (socket.readyState !== socket.OPEN) return deps.presence.disconnected(entered.facts, 'connection-lost');
    session = entered;
    deps.hub.add(entered, end);
    socket.send(JSON.stringify(welcome));
  };

  const receive = (frame: DelegateFrame | undefined) => {
    if (!frame) return end('bad-frame');
    if (session) {
      const now = deps.now();
      session.receive(frame, now);
      if (frame.type === 'heartbeat') socket.send(JSON.stringify({ type: 'heartbeat', at: now.toISOString() }));
      return;
    }
    if (frame.type !== 'hello' || greeted) return end('bad-frame');
    greeted = true;
    greet(frame).catch((error: unknown) => {
      deps.logger.error({ err: error }, 'a delegate could not be let in');
      end('shutting-down', 'The manager could not let the delegate in. Try again.');
    });
  };
  let greeted = false;

  socket.on('message', (data, isBinary) =>
    receive(isBinary ? undefined : parseFrame(delegateFrameSchema, String(data))),
  );
  socket.on('error', (error) => deps.logger.info({ err: error }, 'a delegate connection failed'));
  socket.on('close', () => {
    clearTimeout(late);
    if (!session) return;
    session.close();
    if (deps.hub.remove(session)) {
      deps.presence.disconnected(session.facts, reason).catch((error: unknown) => {
        deps.logger.warn({ err: error }, 'the end of a delegate session was not stored');
      });
    }
  });
  socket.send(JSON.stringify(challenge));
}
