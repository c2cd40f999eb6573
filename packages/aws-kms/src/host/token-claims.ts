/** What a token says of itself, for people: AWS is who verifies it. */
export interface TokenClaims {
  readonly issuer: string;
  /** The first one, where the token has several. */
  readonly audience: string;
  readonly subject: string;
}

/** @returns undefined for what is no JSON Web Token with these three claims (RFC 7519, section 3). */
export function tokenClaims(token: string): TokenClaims | undefined {
  const payload = token.split('.')[1];
  if (payload === undefined) return undefined;
  try {
    const { iss, aud, sub }: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const audience: unknown = Array.isArray(aud) ? aud[0] : aud;
    if (typeof iss !== 'string' || typeof audience !== 'string' || typeof sub !== 'string') return undefined;
    return { issuer: iss, audience, subject: sub };
  } catch {
    return undefined;
  }
}
