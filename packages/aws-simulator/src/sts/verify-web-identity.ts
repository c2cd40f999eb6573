import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import type { OidcProvider } from '../state/model.ts';
import { issuerKeys, keysUnavailable } from './issuer-keys.ts';
import type { StsCall } from './operation.ts';
import { invalidIdentityToken, StsError } from './sts-error.ts';

/** Whom a verified token stands for, and which provider vouches. */
export interface WebIdentity {
  readonly provider: OidcProvider;
  readonly subject: string;
  /** The one that the provider is registered with. */
  readonly audience: string;
}

const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

function readClaims(token: string): JWTPayload {
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    throw invalidIdentityToken(
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    );
  }
}

function asStsError(error: unknown, claims: JWTPayload, now: Date): unknown {
  if (error instanceof errors.JWTExpired) {
    const text = `Token expired: current date/time ${seconds(now)} must be before the expiration date/time ${claims.exp}`;
    return new StsError('ExpiredTokenException', 400, text);
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return keysUnavailable();
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return invalidIdentityToken(`The ID Token provided is not valid: claim ${error.claim} (${error.reason}).`);
  }
  return error instanceof errors.JOSEError ? invalidIdentityToken('The ID Token signature is not valid.') : error;
}

async function verifySignature(call: StsCall, token: string, issuer: string, claims: JWTPayload): Promise<void> {
  if (call.faults.has('jwks-down')) throw keysUnavailable();
  const keys = await issuerKeys(issuer);
  try {
    await jwtVerify(token, keys, {
      algorithms: ['RS256', 'ES256'],
      currentDate: call.now,
      requiredClaims: ['exp', 'iat', 'sub', 'aud'],
    });
  } catch (error) {
    throw asStsError(error, claims, call.now);
  }
  if (claims.iat !== undefined && claims.iat > seconds(call.now)) {
    throw invalidIdentityToken('The ID Token provided is not valid: claim iat (issued in the future).');
  }
}

/**
 * Whom a web identity token stands for. Checks in this order (AWS documents none): well-formed, provider known,
 * signature by the issuer's key, times, audience. Never trusts `none` or a shared-secret algorithm.
 * @throws StsError InvalidIdentityToken or ExpiredTokenException
 */
export async function verifyWebIdentity(call: StsCall, token: string): Promise<WebIdentity> {
  const claims = readClaims(token);
  const issuer = claims.iss ?? '';
  const provider = call.store.state.oidcProviders.find(({ url }) => url === issuer);
  if (!provider) throw invalidIdentityToken(`No OpenIDConnect provider found in your account for ${issuer}`);
  await verifySignature(call, token, issuer, claims);
  const audience = [claims.aud ?? []].flat().find((candidate) => provider.audiences.includes(candidate));
  if (audience === undefined) throw invalidIdentityToken('Incorrect token audience');
  return { provider, subject: claims.sub ?? '', audience };
}
