import type { QueryClient } from '@tanstack/react-query';
import { deriveIdentifier, formatReference, type SimulatorSeed } from '@wardline/contracts';
import { isSecretIdFree } from '../../secrets/api/check-secret-identifier.ts';
import { saveSecret } from '../../secrets/api/save-secret.ts';
import type { Draft } from '../draft/draft.ts';

async function ensureSecret(queryClient: QueryClient, name: string, value: string): Promise<string> {
  const identifier = deriveIdentifier(name);
  const secret = {
    name,
    identifier,
    description: 'Opens nothing but the local simulator.',
    tags: { simulator: '' },
    value,
  };
  await saveSecret(queryClient, secret, (await isSecretIdFree(identifier)) ? 'create' : 'replace');
  return formatReference({ level: 'account', identifier });
}

/** Puts a simulated user's access key into the Built-in Secret Manager, and returns the references to it. */
export async function createUserSecrets(
  queryClient: QueryClient,
  user: SimulatorSeed['users'][number],
): Promise<Pick<Draft, 'accessKey' | 'secretKey'>> {
  const accessKey = await ensureSecret(queryClient, `Simulator ${user.name} access key ID`, user.accessKeyId);
  const secretKey = await ensureSecret(queryClient, `Simulator ${user.name} secret access key`, user.secretAccessKey);
  return { accessKey, secretKey };
}
