import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';

/** How the sign-in library names the provider of passwords. */
const PASSWORD = 'credential';
/** The one provider of single sign-on. */
const SSO = 'sso';

/** The queries on who can sign in, and how. */
export function signInStore(db: Kysely<Tables>) {
  return {
    async anyUser(): Promise<boolean> {
      return (await db.selectFrom('users').select('id').limit(1).executeTakeFirst()) !== undefined;
    },

    async markSignedIn(id: string, now: string): Promise<void> {
      await db.updateTable('users').set({ last_sign_in_at: now }).where('id', '=', id).execute();
    },

    /** The id of the user whom someone at the provider is. @param account the issuer and its name for them. */
    async findUserOfSso(account: string): Promise<string | undefined> {
      const row = await db
        .selectFrom('accounts')
        .select('user_id')
        .where('provider_id', '=', SSO)
        .where('account_id', '=', account)
        .executeTakeFirst();
      return row?.user_id;
    },

    /** Lets someone at the provider sign in as a user, whose address is verified by that. */
    async linkSso(userId: string, account: string, now: string): Promise<void> {
      const row = { id: uuid(), user_id: userId, provider_id: SSO, account_id: account };
      await db
        .insertInto('accounts')
        .values({ ...row, created_at: now, updated_at: now })
        .execute();
      await db.updateTable('users').set({ email_verified: 1, updated_at: now }).where('id', '=', userId).execute();
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
