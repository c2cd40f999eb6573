import { useQueryClient } from '@tanstack/react-query';
import { apiKeyAggregateSchema, apiKeySchema, deriveIdentifier, pageOf } from '@wardline/contracts';
import { z } from 'zod';
import { ApiFailure, apiData } from '../../../lib/api.ts';
import { type KeyOwner, tokensKey } from './list-tokens.ts';

/** What the console keeps the tokens in that it makes: the API has one level more than people need. */
export const HOLDER = { identifier: 'console', name: 'Made in the console' } as const;

async function makeHolder(owner: KeyOwner): Promise<void> {
  const schema = pageOf(apiKeyAggregateSchema);
  const query = { ...owner, identifiers: HOLDER.identifier };
  const { empty } = await apiData({ path: '/ng/api/apikey/aggregate', query, schema });
  if (!empty) return;
  try {
    await apiData({ method: 'POST', path: '/ng/api/apikey', body: { ...owner, ...HOLDER }, schema: apiKeySchema });
  } catch (error) {
    // Somebody else has made it meanwhile.
    if (!(error instanceof ApiFailure && error.body?.code === 'DUPLICATE_FIELD')) throw error;
  }
}

/** Two keys may have the same name, never the same ID. */
function freeIdentifier(name: string): string {
  const suffix = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, '0'));
  return `${deriveIdentifier(name).slice(0, 100) || 'key'}_${suffix.join('')}`;
}

/** A token to make. `validTo` is epoch milliseconds, or `NO_EXPIRY`. */
export interface NewToken {
  readonly name: string;
  readonly validTo: number;
}

/** Makes a token. @returns its whole text, which the server tells this once. */
export function useCreateToken(owner: KeyOwner): (token: NewToken) => Promise<string> {
  const queryClient = useQueryClient();
  return async ({ name, validTo }) => {
    await makeHolder(owner);
    const text = await apiData({
      method: 'POST',
      path: '/ng/api/token',
      body: { ...owner, apiKeyIdentifier: HOLDER.identifier, identifier: freeIdentifier(name), name, validTo },
      schema: z.string(),
    });
    await queryClient.invalidateQueries({ queryKey: tokensKey(owner) });
    return text;
  };
}
