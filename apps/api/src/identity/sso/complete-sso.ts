import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Actor } from '../../access/principal.ts';
import type { Identity } from '../identity.ts';
import { startSession } from '../start-session.ts';
import { exchangeCode } from './exchange-code.ts';
import { findUser } from './find-user.ts';
import { type Handshake, readHandshake } from './handshake.ts';
import { readPerson } from './person.ts';
import type { Provider } from './provider.ts';
import type { SsoConfig } from './sso-config.ts';
import { SsoRefusal } from './sso-refusal.ts';
import { verifyIdToken } from './verify-id-token.ts';

/** What the provider sends back with the browser. */
export interface CallbackQuery {
  readonly code?: string | undefined;
  readonly state?: string | undefined;
  readonly error?: string | undefined;
  readonly iss?: string | undefined;
}

interface Visitor {
  readonly actor: Actor;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Ends a sign-in at the provider with a session here.
 * @returns the cookie of the session, and the path of the console to go to.
 * @throws SsoRefusal
 */
export async function completeSso(
  identity: Identity,
  { sso, provider }: { readonly sso: SsoConfig; readonly provider: Provider },
  visitor: Visitor,
  query: CallbackQuery,
): Promise<{ readonly cookie: string; readonly returnTo: string }> {
  const { config, now } = identity;
  const handshake = readHandshake(identity, visitor.headers.cookie);
  if (!handshake || !isAnswerTo(handshake, query)) {
    throw new SsoRefusal('sso-expired', 'the browser has no sign-in that this is the answer to');
  }
  const known = await provider.know();
  // RFC 9207: an answer of another provider, which this client may know as well, must not pass for this one's.
  const mustName = known.metadata.authorization_response_iss_parameter_supported;
  if (query.iss === undefined ? mustName : query.iss !== sso.issuer) {
    throw new SsoRefusal('sso-rejected', 'the answer is not of the issuer that was asked (iss)');
  }
  if (query.error !== undefined) {
    const problem = query.error === 'access_denied' ? 'sso-denied' : 'sso-misconfigured';
    throw new SsoRefusal(problem, `the provider answered ${query.error}`);
  }
  if (query.code === undefined) throw new SsoRefusal('sso-rejected', 'the answer has no code');

  const tokens = await exchangeCode(known, sso, { code: query.code, handshake, publicUrl: config.publicUrl });
  const { nonce, returnTo } = handshake;
  const payload = await verifyIdToken(known, sso, { idToken: tokens.id_token, nonce, now: now() });
  const person = await readPerson(known, payload, tokens);
  const user = await findUser(identity, sso, person, visitor.actor);
  return { cookie: await startSession(identity, user, visitor), returnTo };
}

function isAnswerTo(handshake: Handshake, { state = '' }: CallbackQuery): boolean {
  const given = Buffer.from(state);
  const expected = Buffer.from(handshake.state);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
