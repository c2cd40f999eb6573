import type { KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Tables } from '../db/schema.ts';
import { signHead } from './chain.ts';

/**
 * Signs the end of a log that has no event yet; only in the transaction that takes a new database into use. From then on
 * an end without a signature is not the server's: else whoever has the database could empty the log, and what the
 * server writes next would be the beginning of a whole one. Nothing is signed where there is somebody already, since
 * that database is not new.
 */
export async function beginLog(db: Kysely<Tables>, key: KeyObject): Promise<void> {
  await db
    .updateTable('audit_head')
    .set({ signature: signHead(key, { seq: 0, hash: '' }) })
    .where('seq', '=', 0)
    .where('signature', '=', '')
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('users').select('id'))))
    .where(({ not, exists, selectFrom }) => not(exists(selectFrom('service_accounts').select('id'))))
    .execute();
}
