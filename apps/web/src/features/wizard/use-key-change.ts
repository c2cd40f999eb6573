import { useQuery } from '@tanstack/react-query';
import type { ConnectorOutput } from '@wardline/contracts';
import { connectorQuery } from '../connectors/api/get-connector.ts';
import { usagesQuery } from '../usage/api/list-usages.ts';
import { draftToRequest } from './draft/draft-request.ts';
import { useWizard } from './wizard-context.ts';

type Key = Pick<ConnectorOutput['spec'], 'kmsArn' | 'kmsArnInPlainText' | 'region'>;

const sameKey = (a: Key, b: Key): boolean =>
  a.kmsArn === b.kmsArn && a.kmsArnInPlainText === b.kmsArnInPlainText && a.region === b.region;

/** Whether storing the draft gives a connector another key while secrets depend on the one that it has. */
export function useKeyChange() {
  const { mode, draft } = useWizard();
  const connectorId = mode.kind === 'edit' ? mode.connectorId : undefined;
  const enabled = connectorId !== undefined;
  const stored = useQuery({ ...connectorQuery(connectorId ?? ''), enabled });
  const usages = useQuery({ ...usagesQuery('Connectors', connectorId ?? ''), enabled });
  const changes = stored.data !== undefined && !sameKey(stored.data.connector.spec, draftToRequest(draft).spec as Key);
  return { connectorId, mustAsk: changes && usages.data?.empty !== true };
}
