import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ConnectorRequest, connectorResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { connectorQuery } from '../../connectors/api/get-connector.ts';

/** Creates or replaces a connector; every list and page learns of it. */
export function useSaveConnector(kind: 'create' | 'edit') {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (connector: ConnectorRequest) =>
      apiData({
        method: kind === 'create' ? 'POST' : 'PUT',
        path: '/ng/api/connectors',
        body: { connector },
        schema: connectorResponseSchema,
      }),
    onSuccess: (response) => {
      queryClient.setQueryData(connectorQuery(response.connector.identifier).queryKey, response);
      void queryClient.invalidateQueries({ queryKey: ['connectors'] });
    },
  });
}
