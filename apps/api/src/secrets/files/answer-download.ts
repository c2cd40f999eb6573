import { Readable } from 'node:stream';
import contentDisposition from 'content-disposition';
import type { FastifyReply } from 'fastify';
import type { OpenedFile } from './open-file.ts';

/** Answers with a file, as fast as the client takes it. What ends it early ends the connection too. */
export function answerWithFile(reply: FastifyReply, { name, byteLength, content }: OpenedFile) {
  // What follows the last `/` would be the whole name.
  const fileName = name.replaceAll('/', '_');
  return reply
    .headers({
      'content-type': 'application/octet-stream',
      'content-length': byteLength,
      'content-disposition': contentDisposition(fileName, { fallback: fileName.replace(/[^ -~]/g, '?') }),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(Readable.from(content, { objectMode: false }));
}
