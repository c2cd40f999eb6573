import { createHash, type Hash, timingSafeEqual } from 'node:crypto';
import { BodyOpener, EnvelopeError, open, seal } from '@wardline/envelope';
import type { Deps } from '../app.ts';
import type { DataKeyReference } from '../data-keys/data-keys.ts';
import { sealContent } from '../secrets/files/seal-content.ts';
import { discardContent, type StoredContent, storeContent } from '../secrets/files/store-content.ts';
import { storedChunks } from '../secrets/files/stored-chunks.ts';
import type { SecretManager } from '../secrets/managers/secret-manager.ts';
import { withSealingKey } from '../secrets/managers/with-sealing-key.ts';
import { contextOf, undecryptable } from '../secrets/sealed-value.ts';
import type { Secret } from '../secrets/secret.ts';
import type { SealedValue } from '../secrets/values/store.ts';
import { type OpeningDeps, type StoredValue, withOpeningKey } from '../secrets/values/stored-value.ts';
import type { WriteDeps } from '../secrets/write-deps.ts';

export type SealAnewDeps = WriteDeps & OpeningDeps & Pick<Deps, 'logger'>;

/** A stored value, encrypted once more, and proven: what was encrypted has been decrypted again and compared. */
export interface SealedAnew {
  readonly before: StoredValue;
  readonly sealed: SealedValue;
  /** The new body of a file, which is garbage until a value has it. */
  readonly content: StoredContent | undefined;
}

/**
 * Decrypts a stored value and encrypts it under the key of a manager, as the same version of the same secret.
 * @throws WardlineError SECRET_MANAGEMENT_ERROR for a value that can't be decrypted, or whose copy could not;
 *   KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding. Then nothing has changed.
 */
export function sealAnew(
  deps: SealAnewDeps,
  secret: Secret,
  value: StoredValue,
  target: SecretManager,
): Promise<SealedAnew> {
  return value.bodyId === null ? textAnew(deps, secret, value, target) : fileAnew(deps, secret, value, target);
}

async function textAnew(
  deps: SealAnewDeps,
  secret: Secret,
  before: StoredValue,
  target: SecretManager,
): Promise<SealedAnew> {
  const { number, byteLength } = before;
  const context = contextOf(secret, number, deps.config.accountId);
  const plaintext = await withOpeningKey(deps, before, (key) =>
    decrypted(secret, () => open(key, Buffer.from(before.message, 'base64'), context)),
  );
  try {
    return await withSealingKey(deps, target, plaintext.length, (key, dataKeyId) => {
      const message = Buffer.from(seal(key, plaintext, context)).toString('base64');
      const again = open(key, Buffer.from(message, 'base64'), context);
      const same = again.length === plaintext.length && timingSafeEqual(again, plaintext);
      again.fill(0);
      if (!same) throw undecryptable(secret.identifier);
      return { before, sealed: { number, dataKeyId, message, bodyId: null, byteLength }, content: undefined };
    });
  } finally {
    plaintext.fill(0);
  }
}

/** In a stream both times, so that a file is never in memory as a whole. */
async function fileAnew(
  deps: SealAnewDeps,
  secret: Secret,
  before: StoredValue,
  target: SecretManager,
): Promise<SealedAnew> {
  const written = createHash('sha256');
  const content = await storeContent(deps, hashed(written, await contentOf(deps, secret, before)));
  try {
    const sealed = await sealContent(deps, target, secret, before.number, content);
    const read = createHash('sha256');
    const again = await contentOf(deps, secret, { ...sealed, dataKey: dataKeyOf(target, sealed) });
    for await (const part of hashed(read, again)) part.fill(0);
    if (!timingSafeEqual(written.digest(), read.digest())) throw undecryptable(secret.identifier);
    return { before, sealed, content };
  } catch (error) {
    await discardContent(deps, content);
    throw error;
  }
}

async function contentOf(
  deps: SealAnewDeps,
  secret: Secret,
  value: SealedValue & { readonly dataKey: DataKeyReference | null },
): Promise<AsyncGenerator<Buffer, void>> {
  const context = contextOf(secret, value.number, deps.config.accountId);
  const opener = await withOpeningKey(deps, value, (key) =>
    decrypted(secret, () => new BodyOpener(key, Buffer.from(value.message, 'base64'), context)),
  );
  return opener.plaintext(storedChunks(deps.storage, value.bodyId ?? ''));
}

/** The data key that a value was just encrypted under. */
function dataKeyOf(target: SecretManager, { dataKeyId }: SealedValue): DataKeyReference | null {
  if (target.kind === 'built-in' || dataKeyId === null) return null;
  const { revisedAt, disabled, name } = target.connector;
  return { dataKeyId, connectorRevisedAt: revisedAt, connectorDisabled: disabled, connectorName: name };
}

async function* hashed(hash: Hash, content: AsyncGenerator<Buffer, void>): AsyncGenerator<Buffer, void> {
  for await (const part of content) {
    hash.update(part);
    yield part;
  }
}

function decrypted<T>({ identifier }: Secret, decrypt: () => T): T {
  try {
    return decrypt();
  } catch (error) {
    throw error instanceof EnvelopeError ? undecryptable(identifier) : error;
  }
}
