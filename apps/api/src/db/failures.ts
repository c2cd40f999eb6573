import { setTimeout as sleep } from 'node:timers/promises';

/** How often a transaction is tried in all. */
const ATTEMPTS = 3;

/** SQLSTATE of a transaction that lost against another: it was rolled back and may succeed when run again. */
const CONFLICTS: ReadonlySet<unknown> = new Set(['40001', '40P01']);

/** SQLite's extended result codes and PostgreSQL's SQLSTATE for a row that exists already. */
const UNIQUE_VIOLATIONS: ReadonlySet<unknown> = new Set([
  'SQLITE_CONSTRAINT_UNIQUE',
  'SQLITE_CONSTRAINT_PRIMARYKEY',
  '23505',
]);

/** Codes of Node and SQLSTATEs (classes 08, 53 and 57) of a database that cannot be reached or takes no work now. */
const UNAVAILABLE =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|SQLITE_BUSY|08...|53...|57P0[1-5])$/;

/** What the driver says, without a code, of a connection that broke or was not made in time. */
const BROKEN_CONNECTION = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/;

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** True for the error with which either engine refuses a second row under a unique key. */
export function isUniqueViolation(error: unknown): boolean {
  return UNIQUE_VIOLATIONS.has(codeOf(error));
}

/** True where the database is away or overloaded: the same request may succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return UNAVAILABLE.test(codeOf(error) ?? '') || BROKEN_CONNECTION.test(error.message);
}

/** Runs a transaction again when it lost a deadlock or a serialization conflict. @throws the last conflict. */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !CONFLICTS.has(codeOf(error))) throw error;
      // The winner goes first, or the two would meet again.
      await sleep(20 * attempt);
    }
  }
}
