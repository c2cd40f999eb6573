import { createHash, randomBytes } from 'node:crypto';
import type { MasterKey } from '@wardline/envelope';
import { z } from 'zod';
import type { Deps } from '../../app.ts';
import { signedCookieValue, signedValue } from '../signed-cookie.ts';

/** How long someone may take at the provider, in seconds. */
const VALID_SECONDS = 600;
const PATH = '/api/auth/sso';
const NAME = 'wardline.sso';

/** What the browser that began a sign-in keeps until it comes back, so that no other can end it. */
const handshakeSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  /** Of PKCE (RFC 7636): without it the code is worth nothing to whoever else sees it. */
  verifier: z.string(),
  returnTo: z.string(),
  /** Epoch milliseconds. */
  endsAt: z.number(),
});
export type Handshake = z.output<typeof handshakeSchema>;

type Keeper = Pick<Deps, 'config' | 'masterKey' | 'now'>;

const random = (): string => randomBytes(32).toString('base64url');
const secretOf = (masterKey: MasterKey): string => masterKey.deriveKey('single sign-on').export().toString('base64');

/** Begins a sign-in. @param returnTo a path of the console. */
export function newHandshake({ now }: Pick<Deps, 'now'>, returnTo: string): Handshake {
  const endsAt = now().getTime() + VALID_SECONDS * 1000;
  return { state: random(), nonce: random(), verifier: random(), returnTo, endsAt };
}

/** The S256 code challenge of PKCE. */
export function challengeOf({ verifier }: Handshake): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** The Set-Cookie header that gives it to the browser, signed. Lax: it comes back with the redirect of the provider. */
export function handshakeCookie({ config, masterKey }: Keeper, handshake: Handshake): string {
  const value = Buffer.from(JSON.stringify(handshake)).toString('base64url');
  return cookie(config.publicUrl, signedCookieValue(value, secretOf(masterKey)), VALID_SECONDS);
}

/** The Set-Cookie header that takes it away: a handshake is good for one answer. */
export function spentHandshakeCookie({ config }: Pick<Deps, 'config'>): string {
  return cookie(config.publicUrl, '', 0);
}

function cookie(publicUrl: string, value: string, maxAge: number): string {
  const secure = publicUrl.startsWith('https:');
  return `${nameOf(secure)}=${value}; Max-Age=${maxAge}; Path=${PATH}; HttpOnly${secure ? '; Secure' : ''}; SameSite=Lax`;
}

const nameOf = (secure: boolean): string => (secure ? `__Secure-${NAME}` : NAME);

/** What the browser that comes back kept; undefined where it is not the one that began, or took too long. */
export function readHandshake({ config, masterKey, now }: Keeper, header: string | undefined): Handshake | undefined {
  const name = nameOf(config.publicUrl.startsWith('https:'));
  const part = header?.split(';').find((one) => one.trim().startsWith(`${name}=`));
  const value = part && signedValue(part.trim().slice(name.length + 1), secretOf(masterKey));
  if (!value) return undefined;
  const handshake = handshakeSchema.parse(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
  return handshake.endsAt > now().getTime() ? handshake : undefined;
}
