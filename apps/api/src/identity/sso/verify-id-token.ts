import { errors, type JWTPayload, jwtVerify } from 'jose';
import type { KnownProvider } from './provider.ts';
import type { SsoConfig } from './sso-config.ts';
import { SsoRefusal } from './sso-refusal.ts';

/** What a provider may sign with: keys of its own. Never `none`, and no secret that others know too. */
const ALGORITHMS: ReadonlySet<string> = new Set([
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
]);
/** How far two clocks may differ, in seconds. */
const TOLERANCE_SECONDS = 60;
/** An ID token is made for this sign-in, so an old one is another's. */
const MAX_AGE_SECONDS = 600;

/**
 * Verifies an ID token: signature, issuer, audience, authorized party, times and nonce (OpenID Connect Core 1.0, section
 * 3.1.3.7).
 * @throws SsoRefusal sso-rejected, sso-clock, or sso-unavailable when the keys can't be had.
 */
export async function verifyIdToken(
  { metadata, keys }: KnownProvider,
  { issuer, clientId }: SsoConfig,
  { idToken, nonce, now }: { idToken: string; nonce: string; now: Date },
): Promise<JWTPayload & { readonly sub: string }> {
  const payload = await verified(idToken, keys, {
    issuer,
    audience: clientId,
    algorithms: metadata.id_token_signing_alg_values_supported.filter((one) => ALGORITHMS.has(one)),
    requiredClaims: ['sub', 'exp', 'iat'],
    clockTolerance: TOLERANCE_SECONDS,
    maxTokenAge: MAX_AGE_SECONDS,
    currentDate: now,
  });
  if (payload.nonce !== nonce) throw new SsoRefusal('sso-rejected', 'the ID token belongs to another sign-in (nonce)');
  const several = Array.isArray(payload.aud) && payload.aud.length > 1;
  if ((several || payload.azp !== undefined) && payload.azp !== clientId) {
    throw new SsoRefusal('sso-rejected', 'the ID token was made for another client (azp)');
  }
  const { sub } = payload;
  if (!sub) throw new SsoRefusal('sso-rejected', 'the ID token names nobody (sub)');
  return { ...payload, sub };
}

async function verified(...[idToken, keys, options]: Parameters<typeof jwtVerify>): Promise<JWTPayload> {
  try {
    return (await jwtVerify(idToken, keys, options)).payload;
  } catch (error) {
    throw toRefusal(error);
  }
}

/** The library's messages tell the claim or the algorithm, nothing of the token. */
function toRefusal(error: unknown): SsoRefusal {
  if (error instanceof errors.JWTExpired) return new SsoRefusal('sso-clock', `the ID token: ${error.message}`);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const early = error.claim === 'nbf' || error.claim === 'iat';
    return new SsoRefusal(early ? 'sso-clock' : 'sso-rejected', `the ID token: ${error.message}`);
  }
  const reason = error instanceof Error ? error.message : String(error);
  const isAnswer = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
  // What is no error of a token is one of the way to the keys.
  const unreachable = !isAnswer || error.code === 'ERR_JOSE_GENERIC';
  return new SsoRefusal(unreachable ? 'sso-unavailable' : 'sso-rejected', `the ID token: ${reason}`);
}
