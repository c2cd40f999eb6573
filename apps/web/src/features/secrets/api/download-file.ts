import { send } from '../../../lib/send.ts';

/**
 * The content of a file, at most 10 MiB. Kept by nobody else, as {@link resolveSecret}.
 * @param version the current one where absent.
 * @throws ApiFailure where it can't be read.
 */
export async function downloadFile(identifier: string, signal: AbortSignal, version?: number): Promise<Blob> {
  const path = `/api/secrets/files/${encodeURIComponent(identifier)}`;
  const response = await send({ path, query: { version }, signal }, 'application/octet-stream');
  return response.blob();
}
