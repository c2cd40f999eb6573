import type { Page, ServiceAccountAggregate } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { ListQuery, Rows } from '../db/list-rows.ts';
import type { Place } from '../db/scope-columns.ts';
import { isOneOf, matchesSearch } from '../db/search.ts';
import { type PageRequest, toPage } from '../http/paging.ts';
import type { ServiceAccount } from './service-account.ts';
import { toAggregates } from './service-account-response.ts';

interface Narrowing {
  readonly identifiers?: readonly string[] | undefined;
  readonly searchTerm?: string | undefined;
}

/** The most that a list without pages answers. */
const LIST_MAX = 1000;

/** The service accounts of a scope by name, at most a thousand: the aggregated list has pages. */
export async function listServiceAccounts(
  { storage }: Pick<Deps, 'storage'>,
  place: Place,
  narrowing: Narrowing,
): Promise<ServiceAccount[]> {
  const { rows } = await storage.serviceAccounts.list({
    ...listed(place, narrowing),
    sort: { column: 'name', direction: 'asc' },
    size: LIST_MAX,
    start: { index: 0 },
  });
  return rows;
}

/** One page of the service accounts of a scope, with their roles and the number of their tokens. */
export async function listAggregates(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  place: Place,
  narrowing: Narrowing,
  page: PageRequest,
): Promise<Page<ServiceAccountAggregate>> {
  const found = await storage.serviceAccounts.list({ ...listed(place, narrowing), ...page });
  const rows = await toAggregates(storage.serviceAccounts, found.rows, config.accountId);
  return toPage({ ...found, rows } satisfies Rows<ServiceAccountAggregate>, page, (row) => row);
}

function listed(place: Place, { identifiers, searchTerm }: Narrowing): Pick<ListQuery, 'places' | 'conditions'> {
  return {
    places: [place],
    conditions: [
      ...(identifiers?.length ? [isOneOf('service_accounts.identifier', identifiers)] : []),
      ...(searchTerm ? [matchesSearch('service_accounts.search_text', searchTerm)] : []),
    ],
  };
}
