import { BUILT_IN_SECRET_MANAGER, type FieldError } from '@wardline/contracts';
import type { Connector } from '../connectors/connector.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { addressOf } from '../secrets/built-in-manager.ts';
import type { Stores } from '../storage.ts';
import type { RewrapEnd } from './stored-rewrap.ts';

/** A manager that a rewrap names, with the connector that it is; the built-in one is none. */
export interface NamedManager extends RewrapEnd {
  readonly connector: Connector | undefined;
}

const BUILT_IN_NAME = 'Built-in Secret Manager';

/** The manager behind a reference, or what is wrong with the field that has it. */
export async function findManager(
  { connectors }: Pick<Stores, 'connectors'>,
  place: Place,
  { field, reference }: { readonly field: string; readonly reference: string },
): Promise<NamedManager | FieldError> {
  const address = addressOf(reference, place);
  if (!address) {
    const error = `“${reference}” can't be used from ${describePlace(place)}. Name a secret manager of this scope or of one above it.`;
    return { fieldId: field, error };
  }
  if (address.identifier === BUILT_IN_SECRET_MANAGER) {
    return { connectorId: null, connector: undefined, reference, name: BUILT_IN_NAME };
  }
  const connector = await connectors.find(address.place, address.identifier);
  if (connector) return { connectorId: connector.id, connector, reference, name: connector.name };
  return {
    fieldId: field,
    error: `There is no secret manager “${address.identifier}” at ${describePlace(address.place)}.`,
  };
}

export const isFieldError = (found: NamedManager | FieldError): found is FieldError => 'fieldId' in found;
