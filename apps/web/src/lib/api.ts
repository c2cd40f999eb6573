import { responseOf } from '@wardline/contracts';
import type { z } from 'zod';
import { parseAnswer } from './parse-answer.ts';
import { type Call, send } from './send.ts';

export { ApiFailure } from './api-failure.ts';

/** A call and the schema of what it answers. */
export type ApiRequest<T> = Call & { readonly schema: z.ZodType<T> };

/**
 * Calls the API and returns the whole body.
 * @throws ApiFailure when refused, unreachable, or when the answer does not fit the schema.
 */
export async function apiRequest<T>({ schema, ...call }: ApiRequest<T>): Promise<T> {
  const response = await send(call, 'application/json');
  const payload: unknown = await response.json().catch(() => undefined);
  return parseAnswer(schema, payload, response.status);
}

/** Calls an `/ng/api` endpoint and returns the `data` of its envelope; `schema` describes the data. */
export async function apiData<T>({ schema, ...call }: ApiRequest<T>): Promise<T> {
  const body = await apiRequest({ ...call, schema: responseOf(schema) });
  return body.data as T;
}
