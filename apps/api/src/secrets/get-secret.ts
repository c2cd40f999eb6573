import type { Deps } from '../app.ts';
import { describePlace } from '../http/scope.ts';
import { WardlineError } from '../wardline-error.ts';
import type { Secret } from './secret.ts';
import type { SecretAddress } from './store.ts';

/**
 * What is known about a secret, without its value.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION, which clients of the ecosystem read as "gone".
 */
export async function getSecret({ storage }: Pick<Deps, 'storage'>, address: SecretAddress): Promise<Secret> {
  const secret = await storage.secrets.find(address);
  if (secret) return secret;
  throw new WardlineError(
    'RESOURCE_NOT_FOUND_EXCEPTION',
    `There is no secret with the ID “${address.identifier}” at ${describePlace(address.place)}.`,
  );
}
