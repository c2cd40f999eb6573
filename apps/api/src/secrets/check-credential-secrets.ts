import { type AwsKmsSpec, BUILT_IN_SECRET_MANAGER, type FieldError } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace, samePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import type { Use } from '../usage/store.ts';
import { addressOf, isBuiltInManager } from './built-in-manager.ts';
import type { Secret } from './secret.ts';
import type { SecretAddress, SecretStore } from './store.ts';

/** A field of a connector's spec that names a secret. */
export interface SecretField {
  /** Path of the field in the request body. */
  readonly field: string;
  readonly reference: string;
}

/** The connector that uses secrets: its scope decides what a reference means, its identifier guards against cycles. */
export interface Owner {
  readonly place: Place;
  readonly identifier: string;
}

/** The fields of a spec that name secrets. */
export function secretFields({ credential, kmsArn }: AwsKmsSpec): SecretField[] {
  const fields: SecretField[] = [];
  if (credential.type === 'ManualConfig') {
    const { accessKey, secretKey } = credential.spec;
    fields.push({ field: 'connector.spec.credential.spec.accessKey', reference: accessKey });
    fields.push({ field: 'connector.spec.credential.spec.secretKey', reference: secretKey });
  }
  if (kmsArn) fields.push({ field: 'connector.spec.kmsArn', reference: kmsArn });
  return fields;
}

/**
 * Checks every secret that a connector names: it is of the connector's scope or one above, it exists, and its value
 * is in the built-in manager, so that reading it never needs another secret manager.
 * @returns the uses to record.
 * @throws WardlineError INVALID_REQUEST naming every field that is wrong.
 */
export async function checkCredentialSecrets(
  secrets: Pick<SecretStore, 'findForUse'>,
  connector: Owner & { readonly spec: AwsKmsSpec },
): Promise<Use[]> {
  const load = (addresses: readonly SecretAddress[]) => secrets.findForUse(addresses);
  const found = await usableSecrets(secretFields(connector.spec), connector, load);
  return found.map(({ field, secret }) => ({ field, of: { kind: 'secret', id: secret.id } }));
}

/**
 * The secret behind each field, all loaded at once.
 * @throws WardlineError INVALID_REQUEST naming every field whose secret the connector may not use.
 */
export async function usableSecrets<S extends Secret>(
  fields: readonly SecretField[],
  connector: Owner,
  load: (addresses: readonly SecretAddress[]) => Promise<S[]>,
): Promise<(SecretField & { readonly secret: S })[]> {
  const addressed = fields.map((field) => ({ ...field, address: addressOf(field.reference, connector.place) }));
  const loaded = await load(addressed.flatMap(({ address }) => address ?? []));

  const errors: FieldError[] = [];
  const usable: (SecretField & { readonly secret: S })[] = [];
  for (const { field, reference, address } of addressed) {
    const secret = address && loaded.find((one) => isAt(one, address));
    const error = refusal(reference, address, secret, connector);
    if (error) errors.push({ fieldId: field, error });
    else if (secret) usable.push({ field, reference, secret });
  }
  if (errors.length > 0) throw invalidFields(errors);
  return usable;
}

/** Why a connector may not use a secret; undefined when it may. */
function refusal(
  reference: string,
  address: SecretAddress | undefined,
  secret: Secret | undefined,
  connector: Owner,
): string | undefined {
  if (!address) {
    return `“${reference}” can't be used from ${describePlace(connector.place)}. A connector uses secrets of its own scope or of one above it.`;
  }
  if (!secret) {
    return `There is no secret “${reference}” (ID “${address.identifier}”, ${describePlace(address.place)}). Create it, or choose another.`;
  }
  if (secret.type === 'SecretFile') {
    return `The secret “${reference}” is a file. A connector takes the values of text secrets.`;
  }
  const manager = addressOf(secret.secretManager, secret.place);
  if (manager && isAt(connector, manager)) {
    return `The secret “${reference}” is stored in this connector itself, a cyclic dependency: reading it would need the connector, and the connector needs it. Store it in the built-in secret manager.`;
  }
  if (!isBuiltInManager(secret.secretManager, secret.place)) {
    return `The secret “${reference}” is stored in “${secret.secretManager}”. The credentials of a secret manager may be stored only in the built-in one (${BUILT_IN_SECRET_MANAGER}).`;
  }
  return undefined;
}

function isAt(entity: Owner, address: SecretAddress): boolean {
  return entity.identifier === address.identifier && samePlace(entity.place, address.place);
}
