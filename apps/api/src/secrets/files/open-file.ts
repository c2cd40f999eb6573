import { BodyOpener, EnvelopeError } from '@wardline/envelope';
import type { Caller } from '../../access/caller.ts';
import type { Deps } from '../../app.ts';
import { WardlineError } from '../../wardline-error.ts';
import { secretResource } from '../audited-secret.ts';
import { getSecret } from '../get-secret.ts';
import { contextOf, undecryptable } from '../sealed-value.ts';
import type { Secret, ValueFacts } from '../secret.ts';
import type { SecretAddress } from '../store.ts';
import { type OpeningDeps, withOpeningKey } from '../values/stored-value.ts';
import { missingVersion } from '../versions/missing-version.ts';
import { exactly } from './exactly.ts';
import { storedChunks } from './stored-chunks.ts';

/** What it takes to read files. */
export type FileReadDeps = Pick<Deps, 'storage' | 'config' | 'logger'> & OpeningDeps;

export interface OpenedFile {
  readonly name: string;
  readonly byteLength: number;
  /** Throws where what is stored is damaged, always before its last byte. */
  readonly content: AsyncGenerator<Buffer, void>;
}

/**
 * Decrypts a stored file, frame by frame as it is read. Its beginning is known to be intact, and the reading is on
 * record, before this returns.
 * @param version absent for the current one.
 * @throws WardlineError RESOURCE_NOT_FOUND_EXCEPTION for no such secret or version, INVALID_REQUEST for a text;
 *   SECRET_MANAGEMENT_ERROR for what can't be decrypted, KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE.
 */
export async function openFile(
  deps: FileReadDeps,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  version?: number,
): Promise<OpenedFile> {
  const { storage } = deps;
  const secret = await getSecret(deps, address);
  if (secret.type !== 'SecretFile') throw isText(secret);
  const value = await valueAt(deps, secret, version);
  const number = version ?? secret.version;
  const content = exactly(value.byteLength, await plaintextOf(deps, secret, value, number));
  const first = await content.next().catch((error: unknown) => {
    throw refusalOf(error, secret);
  });
  const details = { version: number, bytes: value.byteLength };
  await storage.record(actor, { action: 'READ_VALUE', ...secretResource(secret), details });
  return { name: secret.name, byteLength: value.byteLength, content: rest(deps, secret, first, content) };
}

async function valueAt({ storage }: FileReadDeps, secret: Secret, version: number | undefined): Promise<ValueFacts> {
  if (version === undefined || version === secret.version) return secret.value;
  const old = await storage.secretVersions.find(secret.id, version);
  if (!old) throw missingVersion(secret.identifier, version);
  return old.value;
}

async function plaintextOf(
  deps: FileReadDeps,
  secret: Secret,
  { id }: ValueFacts,
  version: number,
): Promise<AsyncGenerator<Buffer, void>> {
  const { storage, config } = deps;
  const sealed = await storage.secretValues.find(id);
  // Removed since the version was looked up.
  if (!sealed) throw missingVersion(secret.identifier, version);
  if (!sealed.bodyId) throw undecryptable(secret.identifier);
  const { bodyId, number, message } = sealed;
  const opener = await withOpeningKey(deps, sealed, (key) => {
    try {
      return new BodyOpener(key, Buffer.from(message, 'base64'), contextOf(secret, number, config.accountId));
    } catch (error) {
      throw refusalOf(error, secret);
    }
  });
  return opener.plaintext(storedChunks(storage, bodyId));
}

/** Everything from `first` on. What ends it early is logged: the client only sees that the answer breaks off. */
async function* rest(
  { logger }: FileReadDeps,
  { id }: Secret,
  first: IteratorResult<Buffer, void>,
  content: AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  try {
    if (first.value) yield first.value;
    yield* content;
  } catch (error) {
    logger.error({ err: error, secret: id }, 'a file could not be read to its end; the answer was broken off');
    throw error;
  } finally {
    await content.return();
  }
}

function refusalOf(error: unknown, { identifier }: Secret): unknown {
  return error instanceof EnvelopeError ? undecryptable(identifier) : error;
}

function isText({ identifier }: Secret): WardlineError {
  return new WardlineError('INVALID_REQUEST', `The secret “${identifier}” is a text, not a file.`, {
    hints: ['Read its value with POST /api/secrets/resolve.'],
  });
}
