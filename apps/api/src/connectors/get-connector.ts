import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { Connector } from './connector.ts';

/**
 * One connector by its identifier.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION, which clients of the ecosystem read as "gone".
 */
export async function getConnector(
  { storage }: Pick<Deps, 'storage'>,
  place: Place,
  identifier: string,
): Promise<Connector> {
  const connector = await storage.connectors.find(place, identifier);
  if (connector) return connector;
  const message =
    identifier === BUILT_IN_SECRET_MANAGER
      ? `“${identifier}” is the built-in secret manager. It is part of every scope and has no connector to show.`
      : `There is no connector with the ID “${identifier}” at ${describePlace(place)}.`;
  throw new WardlineError('RESOURCE_NOT_FOUND_EXCEPTION', message);
}
