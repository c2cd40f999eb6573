import { identifierSchema } from '@wardline/contracts';
import { z } from 'zod';

/** Names of this machine, where TLS protects nothing. */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** True for what may carry a sign-in: TLS, or no network at all. */
function isProtected(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname));
}

/**
 * True for an address that a provider may send the server to: of what TLS protects, or of this machine where the provider
 * is on it too. Else whoever speaks for the provider could have the server call other programs of this machine.
 */
export function mayName(issuer: string, url: string): boolean {
  return new URL(url).protocol === 'https:' || (isProtected(url) && new URL(issuer).protocol === 'http:');
}

const text = z.string().trim().min(1);

/** The variables of single sign-on. */
export const SSO_VARIABLES = {
  WARDLINE_SSO_ISSUER: z.url().refine(isProtected, 'begins with https://').optional(),
  WARDLINE_SSO_CLIENT_ID: text.optional(),
  WARDLINE_SSO_CLIENT_SECRET: text.optional(),
  WARDLINE_SSO_NAME: text.max(64, 'has at most 64 characters').default('Single sign-on'),
  WARDLINE_SSO_AUTO_CREATE: z.enum(['on', 'off']).default('off'),
  WARDLINE_SSO_DEFAULT_ROLE: identifierSchema.optional(),
} as const;

/** A provider of single sign-on, and what happens to people who are not known here. */
export interface SsoConfig {
  /** Exactly as the provider calls itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the sign-in page calls it. */
  readonly name: string;
  /** Whether everybody whom the provider knows becomes a user; else those who are users already get in. */
  readonly autoCreate: boolean;
  /** The role of the account level that a user who is made this way gets; none without. */
  readonly defaultRole: string | undefined;
}

/** The configuration of single sign-on; undefined without one. */
export function readSso(given: z.output<z.ZodObject<typeof SSO_VARIABLES>>): SsoConfig | undefined {
  const {
    WARDLINE_SSO_ISSUER: issuer,
    WARDLINE_SSO_CLIENT_ID: clientId,
    WARDLINE_SSO_CLIENT_SECRET: clientSecret,
  } = given;
  if (!issuer || !clientId || !clientSecret) return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    name: given.WARDLINE_SSO_NAME,
    autoCreate: given.WARDLINE_SSO_AUTO_CREATE === 'on',
    defaultRole: given.WARDLINE_SSO_DEFAULT_ROLE,
  };
}
