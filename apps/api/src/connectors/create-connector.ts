import type { ConnectorInput } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { isUniqueViolation } from '../db/failures.ts';
import { describePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { checkCredentialSecrets } from '../secrets/check-credential-secrets.ts';
import { requireSecretAccess } from '../secrets/require-secret-access.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedConnector, connectorResource } from './audited-connector.ts';
import type { Connector } from './connector.ts';
import { PATH_WORDS } from './path-words.ts';

/**
 * Stores a new connector. AWS is not asked: whether the key exists and can be used is what a test finds out.
 * @throws WardlineError INVALID_REQUEST for a secret that it may not use, DUPLICATE_FIELD for an ID that is taken.
 */
export async function createConnector(
  { storage, now, config }: Pick<Deps, 'storage' | 'now' | 'config'>,
  { actor, access }: Caller,
  input: ConnectorInput,
): Promise<Connector> {
  const { identifier, orgIdentifier, projectIdentifier, name, description, tags, spec } = input;
  const place = { orgIdentifier, projectIdentifier };
  refuseBuiltInManager(identifier, 'created');
  refusePathWord(identifier);
  requireSecretAccess(access, { place, spec });
  const time = now().toISOString();
  try {
    return await storage.change(actor, async ({ connectors, secrets, usage }) => {
      const uses = await checkCredentialSecrets(secrets, { place, identifier, spec });
      if (spec.default) {
        await connectors.lockScope(place);
        await connectors.clearDefault(place);
      }
      const connector = await connectors.insert(place, identifier, { name, description, tags, spec }, time);
      await usage.add({ kind: 'connector', id: connector.id }, uses, time);
      const after = auditedConnector(connector, config.accountId);
      return { result: connector, audit: { action: 'CREATE', ...connectorResource(connector), after } };
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new WardlineError(
      'DUPLICATE_FIELD',
      `There is already a connector with the ID “${identifier}” at ${describePlace(place)}. Choose another ID.`,
    );
  }
}

function refusePathWord(identifier: string): void {
  if (!PATH_WORDS.has(identifier)) return;
  const error = `“${identifier}” is part of a path of the API, so that a connector with this ID could not be read. Choose another ID.`;
  throw invalidFields([{ fieldId: 'connector.identifier', error }]);
}
