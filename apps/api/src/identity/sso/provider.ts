import { createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { fetchBounded, fetchJson, PROVIDER_TIMEOUT_MS, readAnswer } from './fetch-json.ts';
import { mayName, type SsoConfig } from './sso-config.ts';
import { SsoRefusal } from './sso-refusal.ts';

/** How long the provider's description of itself is kept, in milliseconds. */
const KEEP_MS = 10 * 60_000;

/** The addresses in it; those that are relative, or of another protocol, are none. */
const endpoint = z.url();
const ENDPOINTS = ['authorization_endpoint', 'token_endpoint', 'jwks_uri', 'userinfo_endpoint'] as const;

/** The parts of OpenID Connect Discovery 1.0, section 3, that a sign-in needs. */
const metadataSchema = z.object({
  issuer: z.string(),
  authorization_endpoint: endpoint,
  token_endpoint: endpoint,
  jwks_uri: endpoint,
  userinfo_endpoint: endpoint.optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).default(['RS256']),
  token_endpoint_auth_methods_supported: z.array(z.string()).default(['client_secret_basic']),
  authorization_response_iss_parameter_supported: z.boolean().default(false),
});
type ProviderMetadata = z.output<typeof metadataSchema>;

/** What is known of the provider: how to reach it, and the keys that it signs with. */
export interface KnownProvider {
  readonly metadata: ProviderMetadata;
  readonly keys: JWTVerifyGetKey;
}

/** Finds out about the provider when it is needed first, so that the server starts without it. */
export class Provider {
  readonly #config: SsoConfig;
  readonly #now: () => Date;
  #known: { readonly provider: KnownProvider; readonly until: number } | undefined;
  #asking: Promise<KnownProvider> | undefined;

  constructor(config: SsoConfig, now: () => Date) {
    this.#config = config;
    this.#now = now;
  }

  /** @throws SsoRefusal sso-unavailable or sso-misconfigured. */
  async know(): Promise<KnownProvider> {
    if (this.#known && this.#known.until > this.#now().getTime()) return this.#known.provider;
    // However many wait, the provider is asked once.
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<KnownProvider> {
    const metadata = await discover(this.#config.issuer);
    const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), {
      timeoutDuration: PROVIDER_TIMEOUT_MS,
      [customFetch]: fetchBounded,
    });
    const provider = { metadata, keys };
    this.#known = { provider, until: this.#now().getTime() + KEEP_MS };
    return provider;
  }
}

/** The description has to be of the very issuer that was configured (section 4.3), or another could speak for it. */
async function discover(issuer: string): Promise<ProviderMetadata> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const { ok, status, body } = await fetchJson(url);
  if (!ok) throw new SsoRefusal('sso-misconfigured', `${url} answered ${status}; is WARDLINE_SSO_ISSUER right?`);
  const metadata = readAnswer(metadataSchema, body, url);
  const stray = ENDPOINTS.find((name) => !mayName(issuer, metadata[name] ?? issuer));
  if (stray) throw new SsoRefusal('sso-misconfigured', `${url} names a ${stray} that is not protected by TLS`);
  if (metadata.issuer === issuer) return metadata;
  throw new SsoRefusal(
    'sso-misconfigured',
    `${url} describes the issuer ${metadata.issuer}, and WARDLINE_SSO_ISSUER is ${issuer}`,
  );
}
