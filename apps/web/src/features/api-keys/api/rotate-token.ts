import type { Token } from '@wardline/contracts';
import { z } from 'zod';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';
import { type KeyOwner, tokensKey } from './list-tokens.ts';

/** Replaces a token by a new one. @returns the whole text of the new one, which the server tells this once. */
export function useRotateToken(owner: KeyOwner) {
  /** @param overlapUntil when the old one stops, in epoch milliseconds; at once where it is undefined. */
  const rotate = (
    { identifier, apiKeyIdentifier }: Pick<Token, 'identifier' | 'apiKeyIdentifier'>,
    overlapUntil: number | undefined,
  ) =>
    apiData({
      method: 'POST',
      path: `/ng/api/token/rotate/${encodeURIComponent(identifier)}`,
      query: { ...owner, apiKeyIdentifier, rotateTimestamp: overlapUntil },
      schema: z.string(),
    });
  return useChange(rotate, tokensKey(owner));
}
