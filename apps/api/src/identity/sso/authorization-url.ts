import { challengeOf, type Handshake } from './handshake.ts';
import type { KnownProvider } from './provider.ts';
import type { SsoConfig } from './sso-config.ts';

/** Where the provider sends the browser back to; it has to be registered there. */
export function callbackUrl(publicUrl: string): string {
  return `${publicUrl}/api/auth/sso/callback`;
}

/** Where a sign-in begins: the authorization code flow with PKCE (OpenID Connect Core 1.0, section 3.1.2.1). */
export function authorizationUrl(
  { metadata }: KnownProvider,
  { clientId }: SsoConfig,
  handshake: Handshake,
  publicUrl: string,
): string {
  const url = new URL(metadata.authorization_endpoint);
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callbackUrl(publicUrl),
    scope: 'openid email profile',
    state: handshake.state,
    nonce: handshake.nonce,
    code_challenge: challengeOf(handshake),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}
