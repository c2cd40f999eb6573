import { NO_EXPIRY, type TokenAggregate } from '@wardline/contracts';
import type { StatusTone } from '../../ui/status-word.tsx';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Enough time to renew a key before what uses it stops. */
const SOON_DAYS = 14;

/** What one should know about the life of a key at a glance; undefined while there is nothing to do. */
export function tokenState(
  {
    token,
    expiryAt,
  }: Pick<TokenAggregate, 'expiryAt'> & {
    readonly token: Pick<TokenAggregate['token'], 'scheduledExpireTime'>;
  },
  now: number,
): { readonly tone: StatusTone; readonly word: string } | undefined {
  if (expiryAt === NO_EXPIRY) return { tone: 'warning', word: 'No expiry' };
  if (expiryAt <= now) return { tone: 'failure', word: 'Expired' };
  if (token.scheduledExpireTime !== null) return { tone: 'neutral', word: 'Being replaced' };
  const days = Math.ceil((expiryAt - now) / DAY_MS);
  if (days > SOON_DAYS) return undefined;
  return { tone: 'warning', word: days === 1 ? 'Expires within a day' : `Expires in ${days} days` };
}
