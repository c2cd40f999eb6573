import type { SecretProof } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { DUE_SHARE, type ProofPolicy } from './secret-response.ts';

const DAY_MS = 86_400_000;

/** True for secrets whose current value is in one of these states; what `proofOf` says of a value, as SQL. */
export function isProof(states: readonly SecretProof['state'][], { days, now }: ProofPolicy): RawBuilder<SqlBool> {
  const before = (share: number): string => new Date(now.getTime() - days * share * DAY_MS).toISOString();
  const failed = sql`(v.proof_failed_at is not null and v.proof_failed_at >= coalesce(v.proven_at, ''))`;
  const since = sql`coalesce(v.proven_at, v.encrypted_at)`;
  const inTime = sql`not ${failed} and ${since} >= ${before(DUE_SHARE)}`;
  const conditions = {
    failed,
    overdue: sql`(not ${failed} and ${since} < ${before(1)})`,
    due: sql`(not ${failed} and ${since} >= ${before(1)} and ${since} < ${before(DUE_SHARE)})`,
    pending: sql`(${inTime} and v.proven_at is null)`,
    proven: sql`(${inTime} and v.proven_at is not null)`,
  } satisfies Record<SecretProof['state'], unknown>;
  const wanted = sql.join(
    states.map((state) => conditions[state]),
    sql` or `,
  );
  return sql<SqlBool>`exists (select 1 from secret_values v where v.id = secrets.value_id and (${wanted}))`;
}
