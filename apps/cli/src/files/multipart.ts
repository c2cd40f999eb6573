import { randomUUID } from 'node:crypto';

/** A form with two parts, which can be sent again where its file can be read again. */
export interface Multipart {
  readonly contentType: string;
  /** Bytes of the whole; undefined where the size of the file is not known. */
  readonly length: number | undefined;
  readonly body: () => AsyncIterable<Uint8Array>;
}

/**
 * Writes the part `spec` (JSON text), then the part `file`, without having more of the file in memory than one chunk. With the
 * description first and the length told, a server can refuse before it has read the file.
 * Source: RFC 7578 (multipart/form-data).
 * @param file its chunks and, if known, how many bytes they are.
 */
export function multipart(
  spec: string,
  file: { readonly chunks: () => AsyncIterable<Uint8Array>; readonly length: number | undefined },
): Multipart {
  const boundary = `wardline-${randomUUID()}`;
  const specPart = Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="spec"\r\n\r\n${spec}\r\n`);
  const fileHead = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="file"\r\n` +
      'content-type: application/octet-stream\r\n\r\n',
  );
  const fileEnd = Buffer.from(`\r\n--${boundary}--\r\n`);

  async function* body(): AsyncGenerator<Uint8Array, void, undefined> {
    yield specPart;
    yield fileHead;
    yield* file.chunks();
    yield fileEnd;
  }

  const around = specPart.length + fileHead.length + fileEnd.length;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    length: file.length === undefined ? undefined : around + file.length,
    body,
  };
}
