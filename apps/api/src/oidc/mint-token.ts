import { randomUUID } from 'node:crypto';
import type { Scope } from '@wardline/contracts';
import { SignJWT } from 'jose';
import { OIDC_AUDIENCE, oidcSubject } from './issuer.ts';
import { SIGNING_ALGORITHM, type SigningKeys } from './signing-keys.ts';

/** Seconds that a token is good for: enough to exchange it, and the most that the documentation promises. */
const MAX_LIFETIME_SECONDS = 3600;

interface TokenRequest {
  readonly issuer: string;
  readonly keys: SigningKeys;
  readonly now: Date;
  readonly scope: Scope;
  readonly connector: { readonly identifier: string; readonly name: string };
}

export interface MintedToken {
  readonly token: string;
  readonly claims: { readonly issuer: string; readonly audience: string; readonly subject: string };
}

/**
 * Signs a web-identity token that a connection test exchanges at AWS STS. The claims are those that the
 * ecosystem's tokens for AWS carry; those of an absent scope are left out. Valid for one hour.
 */
export async function mintToken({ issuer, keys, now, scope, connector }: TokenRequest): Promise<MintedToken> {
  const { kid, privateKey } = await keys.current();
  const issuedAt = Math.floor(now.getTime() / 1000);
  const claims = { issuer, audience: OIDC_AUDIENCE, subject: oidcSubject(scope) };
  const token = await new SignJWT({
    account_id: scope.accountIdentifier,
    ...(scope.orgIdentifier && { organization_id: scope.orgIdentifier }),
    ...(scope.projectIdentifier && { project_id: scope.projectIdentifier }),
    connector_id: connector.identifier,
    connector_name: connector.name,
    context: 'CONNECTOR_VALIDATION',
  })
    .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid, typ: 'JWT' })
    .setIssuer(claims.issuer)
    .setAudience(claims.audience)
    .setSubject(claims.subject)
    .setIssuedAt(issuedAt)
    .setNotBefore(issuedAt)
    .setExpirationTime(issuedAt + MAX_LIFETIME_SECONDS)
    .setJti(randomUUID())
    .sign(privateKey);
  return { token, claims };
}
