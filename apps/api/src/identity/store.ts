import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';

export type SignInStore = ReturnType<typeof signInStore>;

/** How the sign-in library names the provider of passwords. */
const PASSWORD = 'credential';

/** The queries on who can sign in, and how. */
export function signInStore(db: Kysely<Tables>) {
  return {
    async anyUser(): Promise<boolean> {
      return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
    },

    async markSignedIn(id: string, now: string): Promise<void> {
      await db.updateTable('users').set({ last_sign_in_at: now }).where('id', '=', id).execute();
    },

    /** The id of the user whose sign-in waits for its second factor. @param now ISO 8601, UTC. */
    async findPending(challenge: string, now: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('verifications')
        .select('value')
        .where('identifier', '=', challenge)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row?.value;
    },

    /** Gives a user a password, or another one. */
    async setPassword(userId: string, hash: string, now: string): Promise<void> {
      const account = { user_id: userId, account_id: userId, provider_id: PASSWORD };
      await db
        .insertInto('accounts')
        .values({ id: uuid(), ...account, password: hash, created_at: now, updated_at: now })
        .onConflict((conflict) =>
          conflict.columns(['provider_id', 'account_id']).doUpdateSet({ password: hash, updated_at: now }),
        )
        .execute();
    },
  };
}
