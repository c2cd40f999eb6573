import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ApiKeyType, apiKeyAggregateSchema, pageOf, tokenAggregateSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';

/** Whose API keys are meant: a person's, by the id of the user, or a service account's. */
export interface KeyOwner {
  readonly apiKeyType: ApiKeyType;
  readonly parentIdentifier: string;
}

/** The most that one call lists; nobody has more than a few. */
const PAGE_SIZE = 100;

async function listTokens(owner: KeyOwner, signal: AbortSignal) {
  const list = { ...owner, pageSize: PAGE_SIZE };
  const keys = await apiData({
    path: '/ng/api/apikey/aggregate',
    query: list,
    schema: pageOf(apiKeyAggregateSchema),
    signal,
  });
  const pages = await Promise.all(
    keys.content.map(({ apiKey: { identifier: apiKeyIdentifier } }) =>
      apiData({
        path: '/ng/api/token/aggregate',
        query: { ...list, apiKeyIdentifier },
        schema: pageOf(tokenAggregateSchema),
        signal,
      }),
    ),
  );
  return pages.flatMap((page) => page.content).toSorted((one, other) => other.createdAt - one.createdAt);
}

export const tokensKey = ({ apiKeyType, parentIdentifier }: KeyOwner) => ['tokens', apiKeyType, parentIdentifier];

const tokensQuery = (owner: KeyOwner) =>
  queryOptions({ queryKey: tokensKey(owner), queryFn: ({ signal }) => listTokens(owner, signal) });

/** All tokens of an owner, whichever API key they belong to; the newest first. */
export function useTokens(owner: KeyOwner) {
  return useQuery(tokensQuery(owner));
}
