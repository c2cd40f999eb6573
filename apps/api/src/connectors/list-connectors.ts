import type { ConnectorResponse, Page } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { type PageRequest, toPage } from '../http/paging.ts';
import { toConnectorResponse } from './connector-response.ts';
import { type ConnectorNarrowing, filterConditions } from './filter-conditions.ts';

interface ListRequest {
  readonly places: readonly Place[];
  readonly filter: ConnectorNarrowing;
  readonly page: PageRequest;
}

/** One page of the connectors of some scopes. */
export async function listConnectors(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { places, filter, page }: ListRequest,
): Promise<Page<ConnectorResponse>> {
  const found = await storage.connectors.list({
    places,
    conditions: filterConditions(filter),
    searchTerm: filter.searchTerm,
    ...page,
  });
  return toPage(found, page, (connector) => toConnectorResponse(connector, config.accountId));
}
