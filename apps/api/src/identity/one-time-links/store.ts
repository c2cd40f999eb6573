import type { LinkPurpose } from '@wardline/contracts';
import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import { hashSecret } from '../../access/token-text.ts';
import type { Tables } from '../../db/schema.ts';

export type OneTimeLinkStore = ReturnType<typeof oneTimeLinkStore>;

/** A link that lets someone in once. */
export interface OneTimeLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  /** Null for the setup link, whose holder becomes a user by it. */
  readonly userId: string | null;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** The queries on one-time links. A link is found by the hash of its token, which alone is stored. */
export function oneTimeLinkStore(db: Kysely<Tables>) {
  const ofPurpose = (purpose: LinkPurpose, userId: string | null) =>
    db
      .deleteFrom('one_time_links')
      .where('purpose', '=', purpose)
      .where('user_id', userId === null ? 'is' : '=', userId);

  return {
    /** Adds a link; those of the same purpose and user that were given out before open nothing any more. */
    async replace({ purpose, userId, expiresAt }: Omit<OneTimeLink, 'id'>, token: string, now: string): Promise<void> {
      await ofPurpose(purpose, userId).execute();
      await db
        .insertInto('one_time_links')
        .values({
          id: uuid(),
          purpose,
          user_id: userId,
          token_hash: hashSecret(token),
          expires_at: expiresAt,
          created_at: now,
        })
        .execute();
    },

    /** The link that a token belongs to, unless it has expired or was used. @param now ISO 8601, UTC. */
    async find(token: string, now: string): Promise<OneTimeLink | undefined> {
      return db
        .selectFrom('one_time_links')
        .select(['id', 'purpose', 'user_id as userId', 'expires_at as expiresAt'])
        .where('token_hash', '=', hashSecret(token))
        .where('expires_at', '>', now)
        .executeTakeFirst();
    },

    /** Uses a link up. Of several that try at once, one gets it; inside the transaction of what it is used for. */
    async consume(token: string, now: string): Promise<OneTimeLink | undefined> {
      return db
        .deleteFrom('one_time_links')
        .where('token_hash', '=', hashSecret(token))
        .where('expires_at', '>', now)
        .returning(['id', 'purpose', 'user_id as userId', 'expires_at as expiresAt'])
        .executeTakeFirst();
    },

    /** Makes all links of a user void. */
    async removeOf(userId: string): Promise<void> {
      await db.deleteFrom('one_time_links').where('user_id', '=', userId).execute();
    },

    /** Makes the setup link void. */
    async removeSetup(): Promise<void> {
      await ofPurpose('setup', null).execute();
    },
  };
}
