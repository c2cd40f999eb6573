import type { Scope } from '@wardline/contracts';
import type { Connector } from '../connectors/connector.ts';
import { describePlace } from '../http/scope.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';

/** A stored connector. @throws WardlineError CONNECTOR_NOT_FOUND_EXCEPTION */
export async function findConnector(
  scope: Scope,
  identifier: string,
  storage: Pick<Storage, 'connectors'>,
): Promise<Connector> {
  const connector = await storage.connectors.find(scope, identifier);
  if (connector) return connector;
  throw new WardlineError(
    'CONNECTOR_NOT_FOUND_EXCEPTION',
    `There is no connector with the ID “${identifier}” at ${describePlace(scope)}.`,
    {
      hints: ['Check the ID, and the organization and project parameters.'],
    },
  );
}
