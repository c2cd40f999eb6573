import type { Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';

/** Longer than any code holds, which is 90 seconds: its own half minute, and one before and after for clocks that differ. */
const REMEMBER_MS = 5 * 60_000;

/** The queries on codes of authenticator apps that were tried. */
export function usedCodeStore(db: Kysely<Tables>) {
  return {
    /**
     * Takes a code, so that nobody takes it again while it holds (RFC 6238, section 5.2). Of several that try at once,
     * one gets it.
     * @returns whether it was not taken before.
     */
    async take(userId: string, code: string, now: Date): Promise<boolean> {
      const forgotten = new Date(now.getTime() - REMEMBER_MS).toISOString();
      await db.deleteFrom('used_codes').where('user_id', '=', userId).where('used_at', '<', forgotten).execute();
      const taken = await db
        .insertInto('used_codes')
        .values({ user_id: userId, code, used_at: now.toISOString() })
        .onConflict((conflict) => conflict.columns(['user_id', 'code']).doNothing())
        .returning('code')
        .executeTakeFirst();
      return taken !== undefined;
    },
  };
}
