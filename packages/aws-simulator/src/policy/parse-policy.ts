import type { z } from 'zod';

/** A policy document that AWS, or the simulator, refuses to store. The message names each place that is wrong. */
export class MalformedPolicyError extends Error {
  override readonly name = 'MalformedPolicyError';
}

/**
 * Reads a policy document given as an object or as JSON text.
 * @throws MalformedPolicyError naming every offending path.
 */
export function parsePolicy<T extends z.ZodType>(schema: T, document: unknown): z.infer<T> {
  let value = document;
  if (typeof document === 'string') {
    try {
      value = JSON.parse(document);
    } catch {
      throw new MalformedPolicyError('The policy is not valid JSON.');
    }
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MalformedPolicyError(parsed.error.issues.map(describe).join(' '));
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly errors?: readonly (readonly Issue[])[];
}

/** "One or a list" is a union for zod; the branch that got furthest says what is really wrong. */
function describe(issue: Issue): string {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((inner) => inner.path.length));
  const best = issue.errors?.toSorted((a, b) => depth(b) - depth(a))[0];
  if (best && best.length > 0) {
    return best.map((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] })).join(' ');
  }
  return `${issue.path.map(String).join('.') || 'policy'}: ${issue.message}`;
}
