import type { ConnectorInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { DataKeys } from '../data-keys/data-keys.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { rewrapAfterKeyChange } from '../rewraps/rewrap-after-key-change.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { checkCredentialSecrets } from '../secrets/check-credential-secrets.ts';
import { ATTEMPTS } from '../secrets/overtaken.ts';
import { requireSecretAccess } from '../secrets/require-secret-access.ts';
import type { Stores } from '../stores.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedConnector, connectorResource } from './audited-connector.ts';
import { type Connector, later } from './connector.ts';

export interface UpdateDeps extends Pick<Deps, 'storage' | 'now' | 'config'> {
  readonly dataKeys: Pick<DataKeys, 'proveReadable'>;
}

/**
 * Replaces the settings of a stored connector in full; scope and identifier say which one. What the last test found stays.
 * Secrets that are stored under it can be read with the new settings: that is proven before.
 * @param readVersion the `lastModifiedAt` of what the change was made from, as text; absent replaces whatever is stored.
 * @throws WardlineError CONNECTOR_NOT_FOUND_EXCEPTION, OPTIMISTIC_LOCKING_EXCEPTION when it was changed since,
 *   INVALID_REQUEST for a secret that it may not use, or KMS_OPERATION_ERROR and DELEGATE_NOT_AVAILABLE with the finding
 *   where stored secrets could not be read any more.
 */
export async function updateConnector(
  deps: UpdateDeps,
  caller: Caller,
  input: ConnectorInput,
  readVersion?: string,
): Promise<Connector> {
  refuseBuiltInManager(input.identifier, 'changed');
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await changeable(deps.storage, caller, input, readVersion);
    const proven = await deps.dataKeys.proveReadable(found, input);
    const changed = await replace(deps, caller, input, { revisedAt: found.revisedAt, readVersion, proven });
    if (changed) return changed;
  }
  throw changedSince(input.identifier);
}

/** The connector as it is, where this caller may change it so: what is refused is refused before KMS is asked. */
async function changeable(
  { connectors, secrets }: Pick<Stores, 'connectors' | 'secrets'>,
  { access }: Pick<Caller, 'access'>,
  { identifier, orgIdentifier, projectIdentifier, spec }: ConnectorInput,
  readVersion: string | undefined,
): Promise<Connector> {
  const place = { orgIdentifier, projectIdentifier };
  const connector = await connectors.find(place, identifier);
  if (!connector) throw notFound(identifier, place);
  if (readVersion !== undefined && readVersion !== versionOf(connector)) throw changedSince(identifier);
  requireSecretAccess(access, { place, spec }, connector.spec);
  await checkCredentialSecrets(secrets, { place, identifier, spec });
  return connector;
}

interface Proof {
  /** Of the connector that the proof was about. */
  readonly revisedAt: string;
  readonly readVersion: string | undefined;
  /** Fingerprints of the KMS keys that stored values depend on. */
  readonly proven: ReadonlySet<string>;
}

/** @returns undefined where the proof is about something else than what is stored by now. */
async function replace(
  { storage, now, config }: UpdateDeps,
  { actor, access }: Caller,
  input: ConnectorInput,
  { revisedAt, readVersion, proven }: Proof,
): Promise<Connector | undefined> {
  const { identifier, orgIdentifier, projectIdentifier, name, description, tags, spec } = input;
  const place = { orgIdentifier, projectIdentifier };
  return storage.changeIf(actor, async (stores) => {
    const { connectors, secrets, usage, dataKeys } = stores;
    // The scope before the row, as everywhere, so that two changes never wait for each other.
    if (spec.default) await connectors.lockScope(place);
    const connector = await connectors.findForChange(place, identifier);
    if (!connector) throw notFound(identifier, place);
    if (readVersion !== undefined && readVersion !== versionOf(connector)) throw changedSince(identifier);
    if (connector.revisedAt !== revisedAt) return undefined;
    const used = await dataKeys.newestInUse(connector.id);
    if (!used.every(({ keyFingerprint }) => proven.has(keyFingerprint))) return undefined;
    requireSecretAccess(access, { place, spec }, connector.spec);
    const uses = await checkCredentialSecrets(secrets, { place, identifier, spec });
    if (spec.default) await connectors.clearDefault(place, connector.id);
    const key = { kind: 'connector', id: connector.id } as const;
    const time = later(now(), connector.revisedAt);
    await usage.removeAllOf(key);
    await usage.add(key, uses, time);
    const result = await connectors.replace(connector, { name, description, tags, spec }, time);
    const before = auditedConnector(connector, config.accountId);
    const after = auditedConnector(result, config.accountId);
    const updated: AuditEntry = { action: 'UPDATE', ...connectorResource(result), before, after };
    return { result, audit: [updated, ...(await rewrapAfterKeyChange(stores, actor, connector, result, time))] };
  });
}

const notFound = (identifier: string, place: Place): WardlineError =>
  new WardlineError(
    'CONNECTOR_NOT_FOUND_EXCEPTION',
    `There is no connector with the ID “${identifier}” at ${describePlace(place)}.`,
  );

/** What `lastModifiedAt` shows: the time of the last change, in epoch milliseconds. */
function versionOf({ updatedAt }: Connector): string {
  return String(Date.parse(updatedAt));
}

function changedSince(identifier: string): WardlineError {
  return new WardlineError(
    'OPTIMISTIC_LOCKING_EXCEPTION',
    `“${identifier}” was changed by someone else since it was read. Nothing was saved. Load it again, and repeat your change.`,
  );
}
