import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import type { RequestAccess } from '../../access/request-access.ts';
import type { Connector } from '../../connectors/connector.ts';
import { sameAccess } from '../../data-keys/prove-readable.ts';
import type { Place } from '../../db/scope-columns.ts';
import { describePlace } from '../../http/scope.ts';
import { invalidFields } from '../../plugins/errors.ts';
import type { Stores } from '../../stores.ts';
import type { WardlineError } from '../../wardline-error.ts';
import { addressOf } from '../built-in-manager.ts';
import { Overtaken } from '../overtaken.ts';

/** What keeps the value of a secret: the master key, or an AWS KMS connector. */
export type SecretManager =
  | { readonly kind: 'built-in'; readonly reference: string }
  | { readonly kind: 'connector'; readonly reference: string; readonly connector: Connector };

/** Whoever wants to encrypt under a manager. */
export interface ManagerUser {
  readonly access: Pick<RequestAccess, 'require'>;
}

/** The field of a secret that refers to its manager; also that of the recorded use. */
export const MANAGER_FIELD = 'secret.spec.secretManagerIdentifier';

/**
 * The manager that a secret of a scope refers to: of its own scope (a bare reference) or of one above. No reference
 * means the scope's default, which is the connector that says so, else the built-in manager. To encrypt under a
 * connector takes the right to use it where it is: else whoever may edit secrets could spend the calls and the limits
 * of every key there is. The built-in manager is everyone's.
 * @throws WardlineError INVALID_REQUEST naming the field for a manager that there is not or that is disabled,
 *   NG_ACCESS_DENIED without `core_connector_access` at the connector's scope.
 */
export async function findManager(
  { connectors }: Pick<Stores, 'connectors'>,
  { access }: ManagerUser,
  reference: string | undefined,
  place: Place,
): Promise<SecretManager> {
  if (reference === undefined) return defaultManager({ connectors }, { access }, place);
  const address = addressOf(reference, place);
  if (!address) {
    throw unusable(
      `“${reference}” can't be used from ${describePlace(place)}. A secret is kept by a secret manager of its own scope or of one above it.`,
    );
  }
  if (address.identifier === BUILT_IN_SECRET_MANAGER) return { kind: 'built-in', reference };
  access.require('core_connector_access', address.place);
  const connector = await connectors.find(address.place, address.identifier);
  return { kind: 'connector', reference, connector: requireUsable(connector, reference, address.place) };
}

async function defaultManager(
  { connectors }: Pick<Stores, 'connectors'>,
  { access }: ManagerUser,
  place: Place,
): Promise<SecretManager> {
  const connector = await connectors.findDefault(place);
  if (!connector) return { kind: 'built-in', reference: BUILT_IN_SECRET_MANAGER };
  const reference = connector.identifier;
  access.require('core_connector_access', place);
  return { kind: 'connector', reference, connector: requireUsable(connector, reference, place) };
}

/**
 * Keeps the manager from being changed or deleted until the transaction ends, in which a value is stored that was
 * encrypted before it.
 * @throws WardlineError INVALID_REQUEST when it was deleted or disabled meanwhile; Overtaken when it was told to use KMS in
 *   another way, by its settings or by the value of a secret that it names.
 */
export async function lockManager({ connectors }: Pick<Stores, 'connectors'>, manager: SecretManager): Promise<void> {
  if (manager.kind === 'built-in') return;
  const { id, place, spec, valuesChangedAt } = manager.connector;
  const stored = requireUsable(await connectors.findForUse(id), manager.reference, place);
  if (!sameAccess(stored.spec, spec) || stored.valuesChangedAt !== valuesChangedAt)
    throw changedMeanwhile(manager.reference);
}

/** Nobody has proven that the value, as it was encrypted, can be read with the settings that the connector has now. */
const changedMeanwhile = (reference: string): Overtaken =>
  new Overtaken(
    `The secret manager “${reference}” was changed while the value was encrypted. Nothing was stored. Try again.`,
  );

function requireUsable(connector: Connector | undefined, reference: string, place: Place): Connector {
  if (!connector) {
    throw unusable(
      `There is no secret manager “${reference}” at ${describePlace(place)}. Connect it, or choose another; the built-in one is ${BUILT_IN_SECRET_MANAGER}.`,
    );
  }
  if (!connector.disabled) return connector;
  throw unusable(
    `The secret manager “${reference}” is disabled: nothing is written to it. Enable the connector, or choose another.`,
  );
}

const unusable = (error: string): WardlineError => invalidFields([{ fieldId: MANAGER_FIELD, error }]);
