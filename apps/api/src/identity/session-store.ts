import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';
import type { SessionRow } from '../db/schema-identity.ts';

/** A session with whose it is. Times are ISO 8601, UTC. */
export interface StoredSession {
  readonly id: string;
  readonly createdAt: string;
  /** Exact to a minute. */
  readonly lastSeenAt: string;
  readonly expiresAt: string;
  readonly user: { readonly id: string; readonly email: string; readonly name: string; readonly disabled: boolean };
}

/** The queries on sessions of the console; after a password, the sign-in library adds them. */
export function sessionStore(db: Kysely<Tables>) {
  return {
    async findByToken(token: string): Promise<StoredSession | undefined> {
      const row = await db
        .selectFrom('sessions')
        .innerJoin('users', 'users.id', 'sessions.user_id')
        .select([
          'sessions.id',
          'sessions.created_at',
          'sessions.updated_at',
          'sessions.expires_at',
          'users.id as user_id',
          'users.email',
          'users.name',
          'users.disabled',
        ])
        .where('sessions.token', '=', token)
        .executeTakeFirst();
      if (!row) return undefined;
      return {
        id: row.id,
        createdAt: row.created_at,
        lastSeenAt: row.updated_at,
        expiresAt: row.expires_at,
        user: { id: row.user_id, email: row.email, name: row.name, disabled: row.disabled === 1 },
      };
    },

    /** A user's sessions that have not expired, the newest first. @param maxMs how long one lasts at most. */
    async listActive(userId: string, now: Date, maxMs: number): Promise<Omit<SessionRow, 'token'>[]> {
      return db
        .selectFrom('sessions')
        .select(['id', 'user_id', 'created_at', 'updated_at', 'expires_at', 'ip_address', 'user_agent'])
        .where('user_id', '=', userId)
        .where('expires_at', '>', now.toISOString())
        .where('created_at', '>', new Date(now.getTime() - maxMs).toISOString())
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute();
    },

    /** Adds a session. Times are ISO 8601, UTC. */
    async insert(session: {
      readonly userId: string;
      readonly token: string;
      readonly now: string;
      readonly expiresAt: string;
      readonly address: string | null;
      readonly userAgent: string | null;
    }): Promise<void> {
      const { userId, token, now, expiresAt, address, userAgent } = session;
      const times = { created_at: now, updated_at: now, expires_at: expiresAt };
      await db
        .insertInto('sessions')
        .values({ id: uuid(), user_id: userId, token, ...times, ip_address: address, user_agent: userAgent })
        .execute();
    },

    async markSeen(id: string, times: { now: string; expiresAt: string }): Promise<void> {
      await db
        .updateTable('sessions')
        .set({ updated_at: times.now, expires_at: times.expiresAt })
        .where('id', '=', id)
        .execute();
    },

    /** @returns whether it was there, and the user's. */
    async remove(id: string, userId: string): Promise<boolean> {
      const done = await db
        .deleteFrom('sessions')
        .where('id', '=', id)
        .where('user_id', '=', userId)
        .executeTakeFirst();
      return done.numDeletedRows > 0n;
    },

    async removeExpired(userId: string, now: string): Promise<void> {
      await db.deleteFrom('sessions').where('user_id', '=', userId).where('expires_at', '<=', now).execute();
    },
  };
}
