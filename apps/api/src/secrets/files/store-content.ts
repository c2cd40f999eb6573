import { FILE_MAX_BYTES } from '@wardline/contracts';
import { BodySealer, EnvelopeError } from '@wardline/envelope';
import { v7 as uuid } from 'uuid';
import type { Deps } from '../../app.ts';
import { invalidFields } from '../../plugins/errors.ts';
import { collectAfter } from './collect-young.ts';

/** The largest row of a body, in bytes. A row is what is in memory of a file while it is stored or read. */
const CHUNK_BYTES = 256 * 1024;

/** Content that is stored and encrypted, and that nothing can decrypt until its header is made. */
export interface StoredContent {
  readonly bodyId: string;
  readonly sealer: BodySealer;
}

/**
 * Encrypts content as it comes and stores it in chunks, each in a transaction of its own. What fails leaves nothing
 * behind; a crash leaves a body that no value has, which is swept.
 * @throws WardlineError INVALID_REQUEST as soon as there are more than {@link FILE_MAX_BYTES}; what the content throws.
 */
export async function storeContent(
  deps: Pick<Deps, 'storage' | 'now' | 'logger'>,
  content: AsyncIterable<Uint8Array>,
): Promise<StoredContent> {
  const { storage, now } = deps;
  const stored: StoredContent = { bodyId: uuid(), sealer: new BodySealer(FILE_MAX_BYTES) };
  const { bodyId, sealer } = stored;
  try {
    let seq = 0;
    for await (const bytes of inChunks(sealer.frames(content))) {
      await storage.unrecorded(async ({ fileBodies }) => {
        if (seq === 0) await fileBodies.insert(bodyId, now().toISOString());
        await fileBodies.append(bodyId, seq, bytes);
      });
      seq += 1;
      collectAfter(seq);
    }
    return stored;
  } catch (error) {
    await discardContent(deps, stored);
    if (error instanceof EnvelopeError && error.code === 'too-large') throw tooLarge();
    throw error;
  }
}

/** Removes content that no value came to have. Where that fails, the sweep does it later. */
export async function discardContent(
  { storage, logger }: Pick<Deps, 'storage' | 'logger'>,
  { bodyId, sealer }: StoredContent,
): Promise<void> {
  sealer.discard();
  try {
    await storage.unrecorded(({ fileBodies }) => fileBodies.removeUnused(bodyId));
  } catch (error) {
    logger.warn({ err: error, bodyId }, 'the content of a file that was not saved could not be removed yet');
  }
}

/** The refusal of a file that is too large. */
export function tooLarge() {
  const error = `A file has at most ${FILE_MAX_BYTES / 1024 / 1024} MiB (${FILE_MAX_BYTES.toLocaleString('en-US')} bytes). Nothing was stored.`;
  return invalidFields([{ fieldId: 'file', error }]);
}

/** As many whole frames together as fit into a row, in memory that the next row takes over. */
async function* inChunks(frames: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const row = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let length = 0;
  for await (const frame of frames) {
    if (length + frame.length > CHUNK_BYTES) {
      yield row.subarray(0, length);
      length = 0;
    }
    row.set(frame, length);
    length += frame.length;
  }
  yield row.subarray(0, length);
}
