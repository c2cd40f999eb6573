import type { Kysely } from 'kysely';
import type { OidcKeyRow, Tables } from '../db/schema.ts';

/** Claimed by the process that makes the first key, so that two that start together agree on one. */
const FIRST_KEY_CLAIM = 'oidc-first-key';

/** Queries of the keys that sign web-identity tokens. */
export function oidcKeyStore(db: Kysely<Tables>) {
  return {
    /** Every key, the newest first: that one signs, all are published. */
    async list(): Promise<OidcKeyRow[]> {
      return db.selectFrom('oidc_keys').selectAll().orderBy('created_at', 'desc').orderBy('kid', 'desc').execute();
    },

    async insert(row: OidcKeyRow): Promise<void> {
      await db.insertInto('oidc_keys').values(row).execute();
    },

    /**
     * Claims the right to insert the first key; call inside the transaction that inserts it. The claim is a row
     * with a primary key: a second process waits for the first's transaction and then sees that it came too late.
     * @returns whether the claim is this caller's.
     */
    async claimFirstKey(kid: string): Promise<boolean> {
      const result = await db
        .insertInto('settings')
        .values({ name: FIRST_KEY_CLAIM, value: kid })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
  };
}
