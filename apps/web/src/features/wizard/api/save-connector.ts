import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ConnectorRequest, connectorResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { connectorQuery } from '../../connectors/api/get-connector.ts';

interface Save {
  readonly connector: ConnectorRequest;
  /** The version that the change was made from; undefined for a connector that is new. */
  readonly readVersion: string | undefined;
}

/**
 * Creates or replaces a connector; every list and page learns of it. Fails with an ApiFailure that `isStale` when
 * somebody else has changed it since that version.
 */
export function useSaveConnector(kind: 'create' | 'edit') {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ connector, readVersion }: Save) =>
      apiData({
        method: kind === 'create' ? 'POST' : 'PUT',
        path: '/ng/api/connectors',
        body: { connector },
        ifMatch: readVersion,
        schema: connectorResponseSchema,
      }),
    onSuccess: (response) => {
      queryClient.setQueryData(connectorQuery(response.connector.identifier).queryKey, response);
      void queryClient.invalidateQueries({ queryKey: ['connectors'] });
    },
  });
}
