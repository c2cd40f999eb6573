import type { z } from 'zod';
import { SsoRefusal } from './sso-refusal.ts';

/** How long an answer of the provider may take, in milliseconds; someone waits in front of it. */
export const PROVIDER_TIMEOUT_MS = 8000;

/** The most that an answer of the provider may have, in bytes: a key set with a hundred keys is far below. */
const MAX_ANSWER_BYTES = 1024 * 1024;

/** What the provider answered, whether or not it is what it should be. */
export interface ProviderAnswer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: unknown;
}

/**
 * Sends a request to the provider. It follows no redirect, which could lead elsewhere with what the request carries.
 * @throws SsoRefusal sso-unavailable, or sso-misconfigured for an answer that is no JSON.
 */
export async function fetchJson(url: string, init: RequestInit = {}): Promise<ProviderAnswer> {
  let response: Response;
  let text: string;
  try {
    const signal = AbortSignal.timeout(PROVIDER_TIMEOUT_MS);
    const headers = { ...init.headers, accept: 'application/json' };
    response = await fetchBounded(url, { ...init, headers, redirect: 'error', signal });
    text = await response.text();
  } catch (error) {
    throw new SsoRefusal('sso-unavailable', `${url} did not answer: ${causeOf(error)}`);
  }
  if (response.status >= 500) throw new SsoRefusal('sso-unavailable', `${url} answered ${response.status}`);
  try {
    return { ok: response.ok, status: response.status, body: JSON.parse(text) };
  } catch {
    throw new SsoRefusal('sso-misconfigured', `${url} answered ${response.status} with something that is no JSON`);
  }
}

/** Like `fetch`, for an answer of no more than a megabyte: reading a longer one fails. */
export async function fetchBounded(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  let bytes = 0;
  const bound = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > MAX_ANSWER_BYTES) controller.error(new Error('the answer is longer than a megabyte'));
      else controller.enqueue(chunk);
    },
  });
  return new Response(response.body?.pipeThrough(bound) ?? null, response);
}

/** Reads an answer by its schema. @param what names it in the log. @throws SsoRefusal sso-misconfigured */
export function readAnswer<T extends z.ZodType>(schema: T, body: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join(', ');
  throw new SsoRefusal('sso-misconfigured', `${what} is not as OpenID Connect has it: ${fields}`);
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
