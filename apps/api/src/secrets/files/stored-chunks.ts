import type { Stores } from '../../stores.ts';
import { collectAfter } from './collect-young.ts';

/** The stored chunks of a body, one in memory at a time. */
export async function* storedChunks(
  { fileBodies }: Pick<Stores, 'fileBodies'>,
  bodyId: string,
): AsyncGenerator<Buffer, void> {
  for (let seq = 0; ; seq += 1) {
    const bytes = await fileBodies.chunk(bodyId, seq);
    if (!bytes) return;
    yield bytes;
    collectAfter(seq + 1);
  }
}
