import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import type { Connector } from '../connectors/connector.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { addressOf } from '../secrets/built-in-manager.ts';
import type { Stores } from '../stores.ts';
import type { RewrapEnd } from './stored-rewrap.ts';

/** One end of a rewrap that somebody asks for; the built-in manager is no connector. */
export interface ManagerEnd extends RewrapEnd {
  readonly connector: Connector | undefined;
  /** Where the manager is; the scope itself for the built-in one, which every scope has. */
  readonly place: Place;
}

/**
 * The manager behind a reference of a rewrap.
 * @param field the field of the request that has it.
 * @throws WardlineError INVALID_REQUEST naming the field.
 */
export async function managerEnd(
  { connectors }: Pick<Stores, 'connectors'>,
  place: Place,
  field: 'from' | 'to',
  reference: string,
): Promise<ManagerEnd> {
  const address = addressOf(reference, place);
  if (!address) {
    const error = `“${reference}” can't be used from ${describePlace(place)}. Name a secret manager of this scope or of one above it.`;
    throw invalidFields([{ fieldId: field, error }]);
  }
  if (address.identifier === BUILT_IN_SECRET_MANAGER) {
    return { connectorId: null, connector: undefined, reference, name: 'Built-in Secret Manager', place };
  }
  const connector = await connectors.find(address.place, address.identifier);
  if (connector)
    return { connectorId: connector.id, connector, reference, name: connector.name, place: connector.place };
  const error = `There is no secret manager “${address.identifier}” at ${describePlace(address.place)}.`;
  throw invalidFields([{ fieldId: field, error }]);
}
