import { AS_ADMINISTRATOR } from './api-key.ts';

/** An answer of the API; `body` is parsed where it is JSON, `text` is the body as it came. */
interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
}

/** One call of the API; the type of the body is what the caller expects. */
export type Call = <T = unknown>(method: string, path: string, body?: unknown) => Promise<Answer<T>>;

/** Calls the API of one server as its administrator, with JSON in both directions. Throws only where no answer came. */
export function apiClient(url: string): Call {
  return async <T>(method: string, path: string, body?: unknown): Promise<Answer<T>> => {
    const answer = await fetch(url + path, {
      method,
      headers: { ...AS_ADMINISTRATOR, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') ?? false;
    return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as T, text };
  };
}

/** The same, for a step of a check that must succeed: the answer's body, or an error that shows what came instead. */
export async function mustSucceed<T>(call: Call, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await call<T>(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path} answered ${answer.status}: ${answer.text}`);
  return answer.body;
}
