import type { SecretYamlInput } from '@wardline/contracts';
import { invalidFields } from '../plugins/errors.ts';
import { createSecret } from './create-secret.ts';
import type { Secret } from './secret.ts';
import type { WriteDeps, Writer } from './write-deps.ts';

/**
 * Stores a text secret that was described as YAML, where there are no values: until it gets one, it is a draft that
 * nobody can read. In the ecosystem a file can be one as well; here an empty file is a file.
 * @throws WardlineError what creating a secret throws, and INVALID_REQUEST for a file.
 */
export async function createDraft(deps: WriteDeps, caller: Writer, input: SecretYamlInput): Promise<Secret> {
  if (input.type === 'SecretText') return createSecret(deps, caller, input, 'is a draft');
  const error =
    'YAML has no place for the content of a file. Create it with its content: POST /ng/api/v2/secrets/files.';
  throw invalidFields([{ fieldId: 'secret.type', error }]);
}
