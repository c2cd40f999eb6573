import type { ConnectorInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { describePlace } from '../http/scope.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { checkCredentialSecrets } from '../secrets/check-credential-secrets.ts';
import { requireSecretAccess } from '../secrets/require-secret-access.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedConnector, connectorResource } from './audited-connector.ts';
import type { Connector } from './connector.ts';

/**
 * Replaces the settings of a stored connector in full; scope and identifier say which one. What the last test found stays.
 * @param readVersion the `lastModifiedAt` of what the change was made from, as text; absent replaces whatever is stored.
 * @throws WardlineError CONNECTOR_NOT_FOUND_EXCEPTION, OPTIMISTIC_LOCKING_EXCEPTION when it was changed since, or
 *   INVALID_REQUEST for a secret that it may not use.
 */
export async function updateConnector(
  { storage, now, config }: Pick<Deps, 'storage' | 'now' | 'config'>,
  { actor, access }: Caller,
  input: ConnectorInput,
  readVersion?: string,
): Promise<Connector> {
  const { identifier, orgIdentifier, projectIdentifier, name, description, tags, spec } = input;
  const place = { orgIdentifier, projectIdentifier };
  refuseBuiltInManager(identifier, 'changed');
  const time = now().toISOString();
  return storage.change(actor, async ({ connectors, secrets, usage }) => {
    // The scope before the row, as everywhere, so that two changes never wait for each other.
    if (spec.default) await connectors.lockScope(place);
    const connector = await connectors.findForChange(place, identifier);
    if (!connector) {
      throw new WardlineError(
        'CONNECTOR_NOT_FOUND_EXCEPTION',
        `There is no connector with the ID “${identifier}” at ${describePlace(place)}.`,
      );
    }
    if (readVersion !== undefined && readVersion !== versionOf(connector)) throw changedSince(identifier);
    requireSecretAccess(access, { place, spec }, connector.spec);
    const uses = await checkCredentialSecrets(secrets, { place, identifier, spec });
    if (spec.default) await connectors.clearDefault(place, connector.id);
    const key = { kind: 'connector', id: connector.id } as const;
    await usage.removeAllOf(key);
    await usage.add(key, uses, time);
    const result = await connectors.replace(connector, { name, description, tags, spec }, time);
    const before = auditedConnector(connector, config.accountId);
    const after = auditedConnector(result, config.accountId);
    return { result, audit: { action: 'UPDATE', ...connectorResource(result), before, after } };
  });
}

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
