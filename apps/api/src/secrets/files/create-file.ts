import type { Scope, SecretFileInput } from '@wardline/contracts';
import type { Deps } from '../../app.ts';
import { requireAgreement } from '../../http/agreement.ts';
import { invalidFields } from '../../plugins/errors.ts';
import { findManager } from '../managers/secret-manager.ts';
import { withSealingKey } from '../managers/with-sealing-key.ts';
import { refusePathWord } from '../path-words.ts';
import type { Secret } from '../secret.ts';
import { idIsTaken } from '../secret-conflicts.ts';
import type { SecretAddress } from '../store.ts';
import { storeNewSecret } from '../store-new-secret.ts';
import type { WriteDeps, Writer } from '../write-deps.ts';
import { readyManager } from './ready-manager.ts';
import { type Receive, receiveFile } from './receive-file.ts';
import { sealContent } from './seal-content.ts';

export type FileDeps = WriteDeps & Pick<Deps, 'logger'>;

/**
 * Stores a new secret with a file as its value, encrypted under the key of its manager while it comes.
 * @param scope what the query names, whose rights were asked for.
 * @throws WardlineError INVALID_REQUEST for a file that is missing or too large, a manager that can't be used, or an ID
 *   that is taken; NG_ACCESS_DENIED, KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE. Then nothing is stored.
 */
export async function createFile(deps: FileDeps, caller: Writer, scope: Scope, receive: Receive): Promise<Secret> {
  const managerOf = ({ spec }: SecretFileInput, { place }: SecretAddress) =>
    findManager(deps.storage, caller, spec.secretManagerIdentifier, place);
  return receiveFile(deps, receive, {
    async check(input) {
      requireAgreement(scope, 'secret', input, 'means none');
      refusePathWord(input.identifier);
      const address = addressFor(input);
      const manager = await managerOf(input, address);
      if (await deps.storage.secrets.exists(address)) throw idIsTaken(address);
      // That KMS can't be used is told before the file has come. The key is asked for anew once it has, and is mostly in memory.
      await withSealingKey(deps, manager, 0, () => undefined);
    },
    async save({ input }, content) {
      if (!content) throw missingFile();
      const address = addressFor(input);
      const manager = await readyManager(deps, () => managerOf(input, address));
      const sealed = await sealContent(deps, manager, address, 1, content);
      return storeNewSecret(deps, caller, { address, input, manager, sealed });
    },
  });
}

function addressFor({ identifier, orgIdentifier, projectIdentifier }: SecretFileInput): SecretAddress {
  return { place: { orgIdentifier, projectIdentifier }, identifier };
}

function missingFile() {
  const error =
    'Send the content as a part with a file name. Some clients, the Terraform provider among them, leave the part out ' +
    'when the file is empty: put something into the file, or send the part with no bytes.';
  return invalidFields([{ fieldId: 'file', error }]);
}
