import type { SecretFileInput } from '@wardline/contracts';
import type { Deps } from '../../app.ts';
import type { Upload, UploadReader } from './read-upload.ts';
import { discardContent, type StoredContent, storeContent } from './store-content.ts';

/** Reads an upload, wherever it comes from. */
export type Receive = (reader: UploadReader) => Promise<Upload>;

/** What is done with an upload. */
export interface UploadSteps<T> {
  /** Refuses a description before any more is read. */
  check(input: SecretFileInput): Promise<void>;
  /** Makes what came the content of a secret; `content` is absent where there was none. */
  save(upload: Upload, content: StoredContent | undefined): Promise<T>;
}

/** Stores content while it comes, then saves; whatever fails, nothing of it stays. */
export async function receiveFile<T>(
  deps: Pick<Deps, 'storage' | 'now' | 'logger'>,
  receive: Receive,
  { check, save }: UploadSteps<T>,
): Promise<T> {
  let content: StoredContent | undefined;
  try {
    const upload = await receive({
      described: check,
      async content(bytes) {
        content = await storeContent(deps, bytes);
      },
    });
    return await save(upload, content);
  } catch (error) {
    if (content) await discardContent(deps, content);
    throw error;
  }
}
