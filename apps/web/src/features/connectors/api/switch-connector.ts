import { connectorResponseSchema } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { useChange } from '../../../lib/use-change.ts';

const switchConnector = (identifier: string, to: 'disable' | 'enable') =>
  apiData({
    method: 'POST',
    path: `/api/connectors/${encodeURIComponent(identifier)}/${to}`,
    schema: connectorResponseSchema,
  });

/** Disables a connector, so that nothing is written to it or read from it, or enables it again. */
export function useSwitchConnector() {
  return useChange(switchConnector, ['connectors'], ['secrets']);
}
