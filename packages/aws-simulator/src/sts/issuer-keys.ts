import { createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { invalidIdentityToken } from './sts-error.ts';

const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.url() });
const jwksSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
const DEADLINE_MS = 5000;

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS), redirect: 'error' });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/**
 * The issuer's signing keys, by way of its discovery document, fetched anew for each token: a rotated key works at once.
 * @throws StsError InvalidIdentityToken when either document cannot be had or is not what it should be.
 */
export async function issuerKeys(issuer: string): Promise<ReturnType<typeof createLocalJWKSet>> {
  try {
    const discovery = discoverySchema.parse(
      await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`),
    );
    if (discovery.issuer !== issuer) throw new Error('The discovery document names another issuer.');
    const jwks = jwksSchema.parse(await fetchJson(discovery.jwks_uri));
    return createLocalJWKSet(jwks as JSONWebKeySet);
  } catch {
    throw keysUnavailable();
  }
}

/** What STS answers when the keys of the issuer cannot be had. */
export function keysUnavailable(): Error {
  return invalidIdentityToken(
    "Couldn't retrieve verification key from your identity provider, please reference AssumeRoleWithWebIdentity " +
      'documentation for requirements',
  );
}
