import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { type ConnectorFilter, connectorResponseSchema, pageOf } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { parseTag } from '../../../lib/tag-text.ts';
import type { ListSearch } from '../list-search.ts';

/** How many connectors one page shows. */
export const LIST_PAGE_SIZE = 20;

function filterOf({ status, tag }: ListSearch): ConnectorFilter {
  return {
    filterType: 'Connector',
    types: ['AwsKms'],
    ...(status && { connectivityStatuses: [status] }),
    ...(tag && { tags: parseTag(tag) }),
  };
}

/** One page of connectors. A token leads to its page at the same cost however deep; the number is for people. */
function connectorsQuery(search: ListSearch) {
  return queryOptions({
    queryKey: ['connectors', 'list', search],
    queryFn: ({ signal }) =>
      apiData({
        method: 'POST',
        path: '/ng/api/connectors/listV2',
        query: {
          searchTerm: search.q,
          pageIndex: (search.page ?? 1) - 1,
          pageSize: LIST_PAGE_SIZE,
          pageToken: search.token,
          sortOrders: search.sort,
        },
        body: filterOf(search),
        schema: pageOf(connectorResponseSchema),
        signal,
      }),
  });
}

/** Keeps the page before on screen while the next one is on its way. */
export function useConnectors(search: ListSearch) {
  return useQuery({ ...connectorsQuery(search), placeholderData: keepPreviousData });
}
