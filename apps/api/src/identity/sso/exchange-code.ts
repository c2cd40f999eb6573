import { z } from 'zod';
import { callbackUrl } from './authorization-url.ts';
import { fetchJson, readAnswer } from './fetch-json.ts';
import type { Handshake } from './handshake.ts';
import type { KnownProvider } from './provider.ts';
import type { SsoConfig } from './sso-config.ts';
import { SsoRefusal } from './sso-refusal.ts';

const tokensSchema = z.object({ id_token: z.string(), access_token: z.string().optional() });
export type Tokens = z.output<typeof tokensSchema>;

/** RFC 6749, section 5.2. */
const refusalSchema = z.object({ error: z.string().regex(/^[\x20-\x7e]{1,64}$/) });

/**
 * Turns the code into tokens.
 * @throws SsoRefusal sso-rejected for a code that was used or is another client's, sso-misconfigured, sso-unavailable.
 */
export async function exchangeCode(
  { metadata }: KnownProvider,
  sso: SsoConfig,
  { code, handshake, publicUrl }: { code: string; handshake: Handshake; publicUrl: string },
): Promise<Tokens> {
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: callbackUrl(publicUrl),
    code_verifier: handshake.verifier,
  });
  const headers = new Headers({ 'content-type': 'application/x-www-form-urlencoded' });
  if (metadata.token_endpoint_auth_methods_supported.includes('client_secret_basic')) {
    headers.set('authorization', basic(sso));
  } else {
    form.set('client_id', sso.clientId);
    form.set('client_secret', sso.clientSecret);
  }
  const request = { method: 'POST', headers: Object.fromEntries(headers), body: form };
  const { ok, status, body } = await fetchJson(metadata.token_endpoint, request);
  if (ok) return readAnswer(tokensSchema, body, metadata.token_endpoint);
  const { error } = refusalSchema.safeParse(body).data ?? { error: `status ${status}` };
  const problem = error === 'invalid_grant' ? 'sso-rejected' : 'sso-misconfigured';
  throw new SsoRefusal(problem, `${metadata.token_endpoint} refused the code: ${error}`);
}

/** RFC 6749, section 2.3.1: both parts are form-encoded first. */
function basic({ clientId, clientSecret }: SsoConfig): string {
  const encode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(clientSecret)}`).toString('base64')}`;
}
