import type { z } from 'zod';
import { parseAnswer } from './parse-answer.ts';
import { type Call, inSession, succeeded, unreachable, urlOf } from './send.ts';

interface Upload<T> extends Pick<Call, 'path' | 'query' | 'signal' | 'ifMatch'> {
  readonly method: 'POST' | 'PUT';
  readonly form: FormData;
  readonly schema: z.ZodType<T>;
  /** How much has left the browser, from 0 to 1. */
  readonly onProgress?: (part: number) => void;
}

/**
 * Sends a form with a file and returns the whole answer. By XMLHttpRequest, since `fetch` does not tell how far an
 * upload is (https://github.com/whatwg/fetch/issues/607).
 * @throws ApiFailure as apiRequest; an AbortError when the signal ends it.
 */
export async function upload<T>({ schema, ...rest }: Upload<T>): Promise<T> {
  const response = await inSession(rest, async () => succeeded(await sendForm(rest)));
  const payload: unknown = await response.json().catch(() => undefined);
  return parseAnswer(schema, payload, response.status);
}

function sendForm(sent: Omit<Upload<never>, 'schema'>): Promise<Response> {
  const { method, form, signal, ifMatch, onProgress } = sent;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request = new XMLHttpRequest();
    request.open(method, urlOf(sent));
    request.setRequestHeader('accept', 'application/json');
    if (ifMatch !== undefined) request.setRequestHeader('if-match', ifMatch);
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress?.(loaded / total);
    });
    request.addEventListener('load', () => resolve(responseOf(request)));
    request.addEventListener('error', () => reject(unreachable(undefined)));
    request.addEventListener('abort', () => reject(signal?.reason));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function responseOf(request: XMLHttpRequest): Response {
  const retryAfter = request.getResponseHeader('retry-after');
  return new Response(request.responseText, {
    status: request.status,
    ...(retryAfter && { headers: { 'retry-after': retryAfter } }),
  });
}
