import { emailSchema, personNameSchema } from '@wardline/contracts';
import type { JWTPayload } from 'jose';
import { z } from 'zod';
import type { Tokens } from './exchange-code.ts';
import { fetchJson, readAnswer } from './fetch-json.ts';
import type { KnownProvider } from './provider.ts';
import { SsoRefusal } from './sso-refusal.ts';

/** Who the provider says it is. */
export interface Person {
  /** The provider's name for them, which stays when the address changes; unique with its issuer. */
  readonly subject: string;
  /** In lower case. */
  readonly email: string;
  readonly emailVerified: boolean;
  readonly name: string;
}

/** OpenID Connect Core 1.0, section 5.1. Some providers write true as text. */
const claimsSchema = z.object({
  sub: z.string(),
  email: z.string().optional(),
  email_verified: z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]).optional(),
  name: z.string().optional(),
});
type Claims = z.output<typeof claimsSchema>;

/**
 * The person of a verified ID token; where the token has no address, by the provider's userinfo endpoint.
 * @throws SsoRefusal sso-email-missing, sso-rejected, sso-misconfigured or sso-unavailable.
 */
export async function readPerson(
  { metadata }: KnownProvider,
  payload: JWTPayload & { readonly sub: string },
  { access_token }: Tokens,
): Promise<Person> {
  let claims: Claims = readAnswer(claimsSchema, payload, 'the ID token');
  if (claims.email === undefined && metadata.userinfo_endpoint && access_token) {
    claims = await userInfo(metadata.userinfo_endpoint, access_token);
    // Section 5.3.2: else it may be about somebody else.
    if (claims.sub !== payload.sub) throw new SsoRefusal('sso-rejected', 'userinfo is about another person (sub)');
  }
  const email = emailSchema.safeParse(claims.email).data;
  if (!email) throw new SsoRefusal('sso-email-missing', 'the provider told no e-mail address; is the scope allowed?');
  const name = personNameSchema.safeParse(claims.name).data ?? email.slice(0, 128);
  return { subject: payload.sub, email, emailVerified: claims.email_verified === true, name };
}

async function userInfo(url: string, accessToken: string): Promise<Claims> {
  const { ok, status, body } = await fetchJson(url, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!ok) throw new SsoRefusal('sso-misconfigured', `${url} answered ${status}`);
  return readAnswer(claimsSchema, body, url);
}
