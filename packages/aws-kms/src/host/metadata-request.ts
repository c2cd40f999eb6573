import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { deadline } from '../clients/deadline.ts';
import type { HostProblem } from './host-problem.ts';

/** Any complete answer, whatever its status. */
export type MetadataAnswer = { readonly httpStatus: number; readonly body: string };

interface MetadataRequest {
  readonly url: URL;
  readonly method?: 'GET' | 'PUT';
  readonly headers?: Record<string, string>;
  readonly deadlineMs: number;
  readonly signal: AbortSignal;
}

/** Credentials documents have about 1.5 kB; what is much longer is no such document. */
const BODY_MAX_BYTES = 64 * 1024;
const HEADER_VALUE = /^[\t\x20-\x7e]*$/;

/**
 * One request to a link-local endpoint, with a deadline that covers the whole answer. Never through a proxy: the
 * address is this host's own.
 */
export function metadataRequest(options: MetadataRequest): Promise<MetadataAnswer | HostProblem> {
  const { url, method = 'GET', headers = {}, deadlineMs, signal } = options;
  const endpoint = url.origin;
  const own = deadline(signal, deadlineMs);
  const answered = new Promise<MetadataAnswer | HostProblem>((resolve) => {
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const failed = (error: NodeJS.ErrnoException): void =>
      resolve(
        own.signal.aborted
          ? { kind: 'silent', endpoint, afterMs: deadlineMs }
          : { kind: 'unreachable', endpoint, code: error.code ?? error.name },
      );
    if (Object.values(headers).some((value) => !HEADER_VALUE.test(value))) {
      resolve({ kind: 'malformed', detail: 'the token is not one that an HTTP header can carry' });
      return;
    }
    const request = send(url, { method, headers, signal: own.signal, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes <= BODY_MAX_BYTES) chunks.push(chunk);
        else response.destroy();
      });
      response.on('error', failed);
      response.on('close', () => resolve({ kind: 'malformed', detail: 'the answer was cut off or too long' }));
      response.on('end', () =>
        resolve({ httpStatus: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    request.on('error', failed);
    request.end();
  });
  return answered.finally(() => own.end());
}
