import { DEFAULT_TOKEN_LIFE_MS, LAST_TIME, NO_EXPIRY } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { invalidFields } from '../plugins/errors.ts';
import type { Stores } from '../stores.ts';
import type { ApiKey, ApiKeyOwner } from './api-key.ts';
import { endOf, type Token } from './token.ts';

/** From when to when a token is to hold, in epoch milliseconds; `validTo` may be -1 for "does not expire". */
export interface AskedLife {
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
}

export type Life = Pick<Token, 'validFrom' | 'validTo'>;

interface Bounds {
  readonly now: number;
  /** The end that no token may pass; Infinity for none. */
  readonly limit: number;
}

/**
 * The end that tokens which the caller makes for the owner may not pass.
 *
 * Where a token makes tokens for its own owner, that is its own end. Else a token that somebody got hold of could be
 * traded for one without end before it expires, and expiry would protect nobody; a person decides about longer access
 * when signed in. Tokens for other owners are not bounded: that right is core_serviceaccount_manageapikey, which is
 * given to a program on purpose, and never gives more rights than it has (see resolveOwner).
 */
export async function endLimit(
  { access: store }: Pick<Stores, 'access'>,
  { access }: Pick<Caller, 'access'>,
  owner: ApiKeyOwner,
): Promise<number> {
  const { principal, authentication } = access.identity;
  if (authentication.method !== 'api-key') return Number.POSITIVE_INFINITY;
  if (principal.type !== owner.type || principal.id !== owner.id) return Number.POSITIVE_INFINITY;
  const own = await store.findToken(authentication.id);
  return own ? endOf(own) : 0;
}

/**
 * The life of a new token: as asked; else as long as the API key says, or 30 days, and no longer than the limit.
 * @throws WardlineError INVALID_REQUEST for an end that was, that comes before the beginning, or past the limit.
 */
export function newLife(asked: AskedLife, key: ApiKey, { now, limit }: Bounds): Life {
  const from = asked.validFrom ?? now;
  const byDefault = Math.max(from, now) + (key.defaultTimeToExpire ?? DEFAULT_TOKEN_LIFE_MS);
  const to = asked.validTo === undefined ? Math.min(byDefault, limit) : endAsked(asked.validTo);
  refuseBadEnd(from, to, { now, limit });
  return { validFrom: iso(from), validTo: isoOrNever(to) };
}

/**
 * The life of a token that is changed: what is not asked for stays. An end that stays is not checked again.
 * @throws WardlineError INVALID_REQUEST as `newLife`; the limit counts only for an end that comes later than before.
 */
export function changedLife(asked: AskedLife, token: Token, { now, limit }: Bounds): Life {
  const before = token.validTo === null ? Number.POSITIVE_INFINITY : Date.parse(token.validTo);
  const from = asked.validFrom ?? Date.parse(token.validFrom);
  const to = asked.validTo === undefined ? before : endAsked(asked.validTo);
  const stays = to === before && from === Date.parse(token.validFrom);
  if (!stays) refuseBadEnd(from, to, { now, limit: to > before ? limit : Number.POSITIVE_INFINITY });
  return { validFrom: iso(from), validTo: isoOrNever(to) };
}

/** The life of the token that replaces another: as long as that one's was, and no longer than the limit. */
export function rotatedLife(token: Token, { now, limit }: Bounds): Life {
  const length =
    token.validTo === null ? Number.POSITIVE_INFINITY : Date.parse(token.validTo) - Date.parse(token.validFrom);
  const to = Math.min(now + length, limit);
  refuseBadEnd(now, to, { now, limit });
  return { validFrom: iso(now), validTo: isoOrNever(to) };
}

function refuseBadEnd(from: number, to: number, { now, limit }: Bounds): void {
  const error = badEnd(from, to, { now, limit });
  if (error) throw invalidFields([{ fieldId: 'validTo', error }]);
}

function badEnd(from: number, to: number, { now, limit }: Bounds): string | undefined {
  if (to <= now) return 'The end lies in the past. To end a token, delete it.';
  if (to <= from) return 'The end comes before the beginning.';
  if (to > limit) {
    return `A token can't give its own owner a longer life than it has, which ends ${iso(limit)}. Sign in to do that.`;
  }
  return undefined;
}

const endAsked = (validTo: number): number => (validTo === NO_EXPIRY ? Number.POSITIVE_INFINITY : validTo);
const iso = (time: number): string => new Date(time).toISOString();
/** Past the last year that four digits can write, a default stops there. */
const isoOrNever = (time: number): string | null => (Number.isFinite(time) ? iso(Math.min(time, LAST_TIME)) : null);
