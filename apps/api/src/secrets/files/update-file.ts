import { invalidFields } from '../../plugins/errors.ts';
import { immutableErrors } from '../immutable-errors.ts';
import { findManager } from '../managers/secret-manager.ts';
import type { Secret } from '../secret.ts';
import { missingForChange, requireUnchanged } from '../secret-conflicts.ts';
import type { SecretAddress } from '../store.ts';
import { storeChange } from '../store-change.ts';
import type { Writer } from '../write-deps.ts';
import type { FileDeps } from './create-file.ts';
import { readyManager } from './ready-manager.ts';
import { type Receive, receiveFile } from './receive-file.ts';
import { sealContent } from './seal-content.ts';
import type { StoredContent } from './store-content.ts';

/**
 * Makes the next version of a file: another description and, where there is one, other content.
 * @param readVersion the `updatedAt` of what the change was made from, as text; absent changes whatever is stored.
 * @throws WardlineError what creating one throws, and OPTIMISTIC_LOCKING_EXCEPTION when it was changed since it was
 *   read, or another upload of it was done while this one was coming. Then nothing is stored.
 */
export async function updateFile(
  deps: FileDeps,
  caller: Writer,
  { address, readVersion }: { readonly address: SecretAddress; readonly readVersion?: string | undefined },
  receive: Receive,
): Promise<Secret> {
  // Before the first byte is read, so that of two uploads at once the one that is done later knows of the other.
  const read = await deps.storage.secrets.find(address);
  if (!read) throw missingForChange(address);
  requireUnchanged(read, readVersion);
  return receiveFile(deps, receive, {
    async check(input) {
      const errors = immutableErrors(read, input);
      if (errors.length > 0) throw invalidFields(errors);
    },
    async save({ input, file }, content) {
      if (file === 'text only') throw fileAsText();
      const written = content && (await seal(deps, caller, read, content));
      return storeChange(deps, caller, { read, input, readVersion, written });
    },
  });
}

async function seal(deps: FileDeps, caller: Writer, secret: Secret, content: StoredContent) {
  const manager = await readyManager(deps, () => findManager(deps.storage, caller, secret.secretManager, secret.place));
  return { manager, sealed: await sealContent(deps, manager, secret, secret.version + 1, content) };
}

/** What the ecosystem's client sends for an empty file: saving only the rest would leave the old content unnoticed. */
function fileAsText() {
  const error =
    'The content came as a text, not as a part with a file name; some clients send this for an empty file. Nothing was ' +
    'saved. Send the file, or leave `file` out to keep the stored content.';
  return invalidFields([{ fieldId: 'file', error }]);
}
