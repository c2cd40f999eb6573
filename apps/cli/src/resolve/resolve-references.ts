import { RESOLVE_MAX, type Resolved, resolveResponseSchema } from '@wardline/contracts';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import type { ScopeParameters } from '../server/address.ts';
import { ask } from '../server/ask.ts';
import type { Connection } from '../server/connection.ts';

/** The value of a secret and the number of its version. */
export interface ResolvedValue {
  readonly value: string;
  readonly version: number;
}

type Failed = Extract<Resolved, { status: 'error' }>;

/**
 * The values behind references, each asked for once.
 * @param references as {@link addressOf} gives them; a bare one is of the scope.
 * @throws CommandError that names every reference that leads to no value; then nothing is returned.
 */
export async function resolveReferences(
  connection: Connection,
  scope: ScopeParameters,
  references: Iterable<string>,
): Promise<ReadonlyMap<string, ResolvedValue>> {
  const wanted = [...new Set(references)];
  const values = new Map<string, ResolvedValue>();
  const failed: Failed[] = [];
  for (let start = 0; start < wanted.length; start += RESOLVE_MAX) {
    const batch = wanted.slice(start, start + RESOLVE_MAX);
    const request = {
      method: 'POST',
      path: '/api/secrets/resolve',
      query: { ...scope },
      json: { references: batch },
    } as const;
    const { resolved } = await ask(connection, request, resolveResponseSchema);
    for (const one of resolved) {
      if (one.status === 'error') failed.push(one);
      else values.set(one.reference, { value: one.value, version: one.version });
    }
  }
  const [first] = failed;
  if (first) throw unresolved(first, failed);
  return values;
}

function unresolved(first: Failed, failed: readonly Failed[]): CommandError {
  const lines = failed.map(({ reference, error }) => `\n  ${reference}: ${error.message}`);
  const what = failed.length === 1 ? 'A reference leads' : `${failed.length} references lead`;
  const files = failed.filter(({ error }) => error.code === 'SECRET_IS_FILE');
  const hints = files.map(({ reference }) => `Fetch the file with: wardline files get ${reference} FILE`);
  const finding = failed.find(({ error }) => error.finding)?.error.finding;
  return new CommandError(EXIT_CODE.broken, `${what} to no value:${lines.join('')}`, {
    details: {
      code: first.error.code,
      ...(hints.length > 0 && { hints }),
      references: failed.map(({ reference, error }) => ({ reference, ...error })),
      ...(finding && { finding }),
    },
  });
}
