import type { ConnectorInput, ScopeQuery } from '@wardline/contracts';
import type { RequestAccess } from '../access/request-access.ts';
import type { ConnectionSources } from '../connectors/kms-connection.ts';
import { requestScope } from '../http/scope.ts';
import { checkCredentialSecrets } from '../secrets/check-credential-secrets.ts';
import { requireSecretAccess } from '../secrets/require-secret-access.ts';
import type { TestSubject } from './test-subject.ts';

/**
 * A draft as something to test. It must pass the rules that saving has; nothing of it is stored.
 * @throws WardlineError NG_ACCESS_DENIED for a secret that the caller may not use, INVALID_REQUEST naming every field that could not be saved either.
 */
export async function draftSubject(
  { identifier, name, spec, orgIdentifier, projectIdentifier }: ConnectorInput,
  query: ScopeQuery,
  access: RequestAccess,
  { config, storage }: Pick<ConnectionSources, 'config' | 'storage'>,
): Promise<TestSubject> {
  // As in saving, the connector itself says where it lives; the parameters name the account.
  const scope = requestScope({ ...query, orgIdentifier, projectIdentifier }, config.accountId);
  requireSecretAccess(access, { place: scope, spec });
  await checkCredentialSecrets(storage.secrets, { place: scope, identifier, spec });
  return { scope, identifier, name, spec };
}
