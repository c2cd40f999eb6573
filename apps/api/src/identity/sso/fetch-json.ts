import type { z } from 'zod';
import { SsoRefusal } from './sso-refusal.ts';

/** How long an answer of the provider may take, in milliseconds; someone waits in front of it. */
export const PROVIDER_TIMEOUT_MS = 8000;

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
    response = await fetch(url, { ...init, headers, redirect: 'error', signal });
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
