import type { z } from 'zod';
import { ApiFailure } from './api-failure.ts';

/** Holds an answer to the contract, so that a difference shows here and not as `undefined` on a screen. */
export function parseAnswer<T>(schema: z.ZodType<T>, value: unknown, status: number): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues[0]?.path.join('.') || 'the whole body';
  throw new ApiFailure(`The server’s answer is not as documented (at ${where}).`, {
    status,
    cause: parsed.error,
    hints: ['Reload the page: the console and the server may be of different versions.'],
  });
}
