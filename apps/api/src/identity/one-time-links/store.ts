import type { LinkPurpose } from '@wardline/contracts';
import type { ExpressionBuilder, Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Principal } from '../../access/principal.ts';
import { hashSecret } from '../../access/token-text.ts';
import type { Tables } from '../../db/schema.ts';

export type OneTimeLinkStore = ReturnType<typeof oneTimeLinkStore>;

export type LinkIssuer = Pick<Principal, 'type' | 'id'>;

/** A link that lets someone in once. */
export interface OneTimeLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  /** Null for the setup link, whose holder becomes a user by it. */
  readonly userId: string | null;
  /** Who made it; null for the server. */
  readonly issuer: LinkIssuer | null;
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
    async replace(
      { purpose, userId, issuer, expiresAt }: Omit<OneTimeLink, 'id'>,
      token: string,
      now: string,
    ): Promise<void> {
      await ofPurpose(purpose, userId).execute();
      await db
        .insertInto('one_time_links')
        .values({
          id: uuid(),
          purpose,
          user_id: userId,
          issuer_type: issuer?.type ?? null,
          issuer_id: issuer?.id ?? null,
          token_hash: hashSecret(token),
          expires_at: expiresAt,
          created_at: now,
        })
        .execute();
    },

    /**
     * The link that a token belongs to, unless it has expired or was used, or whoever made it is locked or gone: they
     * may have kept it. @param now ISO 8601, UTC.
     */
    async find(token: string, now: string): Promise<OneTimeLink | undefined> {
      const row = await db
        .selectFrom('one_time_links')
        .select(['id', 'purpose', 'user_id', 'issuer_type', 'issuer_id', 'expires_at'])
        .where('token_hash', '=', hashSecret(token))
        .where('expires_at', '>', now)
        .where(issuerIsIn)
        .executeTakeFirst();
      if (!row) return undefined;
      const { id, purpose, user_id: userId, issuer_type: type, issuer_id: issuerId, expires_at: expiresAt } = row;
      return { id, purpose, userId, issuer: type && issuerId ? { type, id: issuerId } : null, expiresAt };
    },

    /**
     * Uses a link up. Of several that try at once, one gets it; inside the transaction of what it is used for.
     * @returns whether it was there.
     */
    async consume(token: string, now: string): Promise<boolean> {
      const done = await db
        .deleteFrom('one_time_links')
        .where('token_hash', '=', hashSecret(token))
        .where('expires_at', '>', now)
        .where(issuerIsIn)
        .executeTakeFirst();
      return done.numDeletedRows > 0n;
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

/** Whether whoever made a link may still do anything here; the server always may. */
function issuerIsIn(eb: ExpressionBuilder<Tables, 'one_time_links'>) {
  const active = eb.selectFrom('users').select('users.id').where('users.disabled', '=', 0);
  const programs = eb.selectFrom('service_accounts').select('service_accounts.id');
  return eb.or([
    eb('issuer_id', 'is', null),
    eb.and([eb('issuer_type', '=', 'USER'), eb('issuer_id', 'in', active)]),
    eb.and([eb('issuer_type', '=', 'SERVICE_ACCOUNT'), eb('issuer_id', 'in', programs)]),
  ]);
}
