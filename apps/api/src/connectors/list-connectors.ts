import type { ConnectorResponse, Page } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { type PageRequest, toPage } from '../http/paging.ts';
import { scopeAndParents } from '../http/scope.ts';
import { toConnectorResponse } from './connector-response.ts';
import { type ConnectorNarrowing, filterConditions } from './filter-conditions.ts';

interface ListRequest {
  readonly place: Place;
  /** With the connectors of the scopes above, which can be used from here as well. */
  readonly withParents: boolean;
  readonly filter: ConnectorNarrowing;
  readonly page: PageRequest;
}

/** One page of a scope's connectors. */
export async function listConnectors(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { place, withParents, filter, page }: ListRequest,
): Promise<Page<ConnectorResponse>> {
  const found = await storage.connectors.list({
    places: withParents ? scopeAndParents(place) : [place],
    conditions: filterConditions(filter),
    ...page,
  });
  return toPage(found, page, (connector) => toConnectorResponse(connector, config.accountId));
}
