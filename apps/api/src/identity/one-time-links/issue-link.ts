import { randomBytes } from 'node:crypto';
import type { LinkPurpose, UserLink } from '@wardline/contracts';
import type { Deps } from '../../app.ts';
import type { LinkIssuer, OneTimeLinkStore } from './store.ts';

const HOUR_MS = 3_600_000;

/** How long a link may wait, in milliseconds, and the page of the console that it leads to. */
const LINKS = {
  setup: { validMs: HOUR_MS, page: '/setup' },
  invitation: { validMs: 7 * 24 * HOUR_MS, page: '/invitation' },
  'password-reset': { validMs: 24 * HOUR_MS, page: '/reset-password' },
} as const satisfies Record<LinkPurpose, { validMs: number; page: string }>;

/**
 * Makes a link, in place of an earlier one of the same purpose and user. The token is in the fragment, which browsers
 * send to no server: it is in no log of a proxy and in no Referer.
 * @param to whom it lets in; null for the setup, which makes the first user and which the server itself issues.
 */
export async function issueLink(
  store: OneTimeLinkStore,
  { config, now }: Pick<Deps, 'config' | 'now'>,
  purpose: LinkPurpose,
  to: { readonly userId: string; readonly issuer: LinkIssuer } | null,
): Promise<UserLink> {
  const time = now();
  const { validMs, page } = LINKS[purpose];
  const expiresAt = new Date(time.getTime() + validMs).toISOString();
  const token = randomBytes(32).toString('base64url');
  const { userId, issuer } = to ?? { userId: null, issuer: null };
  await store.replace({ purpose, userId, issuer, expiresAt }, token, time.toISOString());
  return { link: `${config.publicUrl}${page}#token=${token}`, expiresAt };
}
