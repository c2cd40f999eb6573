import { type ApiError, apiErrorSchema, responseOf, whoAmISchema } from '@wardline/contracts';
import { vi } from 'vitest';
import type { z } from 'zod';
import { fakeUploads, type SentCall } from './fake-uploads.ts';
import { administrator } from './fixtures.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

type Body<T> = T | ((request: SeenRequest) => T | Promise<T>);
type Responder = (request: SeenRequest) => Promise<Response>;

const json = (status: number, body: unknown): Response => Response.json(body, { status });

const resolve = async <T>(body: Body<T>, request: SeenRequest): Promise<T> =>
  body instanceof Function ? body(request) : body;

const withEnvelope = <T>(data: T) => ({ status: 'SUCCESS' as const, data, metaData: null, correlationId: 'test' });

/**
 * Stands in for the server: replaces `fetch` and XMLHttpRequest, and nothing else, until the test ends. Every body passes through
 * the contract's schema, so that a test cannot drift from the wire. Later answers to the same call win. An
 * administrator is signed in unless told otherwise.
 */
export function startFakeServer() {
  const routes: { method: string; pattern: RegExp; respond: Responder }[] = [];
  const requests: SeenRequest[] = [];

  const on = (method: string, path: string, respond: Responder): void => {
    const pattern = new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    routes.unshift({ method, pattern, respond });
  };

  const dispatch = async ({ method, address, headers, body }: SentCall): Promise<Response> => {
    const url = new URL(address, 'http://wardline.test');
    const route = routes.find((each) => each.method === method && each.pattern.test(url.pathname));
    if (!route) throw new Error(`The test answers no ${method} ${url.pathname}.`);
    const request: SeenRequest = {
      method,
      path: url.pathname,
      params: { ...route.pattern.exec(url.pathname)?.groups },
      query: url.searchParams,
      headers,
      body,
    };
    requests.push(request);
    return route.respond(request);
  };
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init: RequestInit = {}) =>
    dispatch({
      method: init.method ?? 'GET',
      address: String(input),
      headers: new Headers(init.headers),
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    }),
  );
  vi.stubGlobal('XMLHttpRequest', fakeUploads(dispatch));

  const answer = <T>(method: string, path: string, schema: z.ZodType<T>, body: Body<T>): void => {
    on(method, path, async (request) => json(200, schema.parse(await resolve(body, request))));
  };
  answer('GET', '/api/whoami', whoAmISchema, administrator);

  return {
    requests,
    /** Answers with a plain body. */
    answer,
    /** Answers with the `/ng/api` envelope around the data. */
    data<T>(method: string, path: string, schema: z.ZodType<T>, data: Body<T>): void {
      on(method, path, async (request) =>
        json(200, responseOf(schema).parse(withEnvelope(await resolve(data, request)))),
      );
    },
    refuse(method: string, path: string, status: number, error: ApiError, headers: HeadersInit = {}): void {
      on(method, path, async () => Response.json(apiErrorSchema.parse(error), { status, headers }));
    },
    /** Answers with server-sent events, each named by its type. */
    stream<T extends { type: string }>(method: string, path: string, schema: z.ZodType<T>, events: readonly T[]): void {
      const text = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(schema.parse(event))}\n\n`);
      on(method, path, async () => {
        return new Response(text.join(''), { headers: { 'content-type': 'text/event-stream' } });
      });
    },
    /** Lets a call fail as a network does. */
    disconnect(method: string, path: string): void {
      on(method, path, () => Promise.reject(new TypeError('fetch failed')));
    },
  };
}
export type FakeServer = ReturnType<typeof startFakeServer>;
