import type { Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';

/** The queries on the encrypted bodies of files. */
export function fileBodyStore(db: Kysely<Tables>) {
  /** Bodies that no value has: of uploads that are still going on, or broke off. */
  const unused = db
    .selectFrom('file_bodies')
    .select('file_bodies.id')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('secret_values')
            .select('secret_values.id')
            .whereRef('secret_values.body_id', '=', 'file_bodies.id'),
        ),
      ),
    );

  return {
    async insert(id: string, createdAt: string): Promise<void> {
      await db.insertInto('file_bodies').values({ id, created_at: createdAt }).execute();
    },

    /** @param seq from 0, without a gap. @param bytes at most 256 KiB of the message's frames. */
    async append(bodyId: string, seq: number, bytes: Buffer): Promise<void> {
      await db.insertInto('file_chunks').values({ body_id: bodyId, seq, bytes }).execute();
    },

    /** One chunk; undefined after the last. */
    async chunk(bodyId: string, seq: number): Promise<Buffer | undefined> {
      const row = await db
        .selectFrom('file_chunks')
        .select('bytes')
        .where('body_id', '=', bodyId)
        .where('seq', '=', seq)
        .executeTakeFirst();
      return row && toBuffer(row.bytes);
    },

    /** Removes a body with its chunks, unless a value has it. */
    async removeUnused(id: string): Promise<void> {
      await db
        .deleteFrom('file_bodies')
        .where('id', 'in', unused.where('file_bodies.id', '=', id))
        .execute();
    },

    /** Removes bodies from before a time that no value has. @returns how many; `limit` of them where there may be more. */
    async removeOrphans(before: string, limit: number): Promise<number> {
      const old = unused.where('file_bodies.created_at', '<', before).orderBy('file_bodies.created_at').limit(limit);
      const removed = await db.deleteFrom('file_bodies').where('id', 'in', old).returning('id').execute();
      return removed.length;
    },
  };
}

/** Without a copy, which an ArrayBuffer does not need and a Buffer would get. */
export const toBuffer = (bytes: Buffer | ArrayBuffer): Buffer =>
  bytes instanceof ArrayBuffer ? Buffer.from(bytes) : bytes;
