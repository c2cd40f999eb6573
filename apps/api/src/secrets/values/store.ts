import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../../db/schema.ts';
import type { ValueFacts } from '../secret.ts';
import { type StoredValue, selectStoredValues, toStoredValue } from './stored-value.ts';

/** An encrypted value, and what is needed to read it. */
export interface SealedValue {
  /** The version that it is bound to. */
  readonly number: number;
  /** The data key that wraps the message's own key; null for the master key. */
  readonly dataKeyId: string | null;
  /** base64 of the whole message of a text, or of the header of a file's. */
  readonly message: string;
  /** The rest of a file's message; null for a text. */
  readonly bodyId: string | null;
  /** Of the plaintext. */
  readonly byteLength: number;
}

/** The queries on stored values. */
export function secretValueStore(db: Kysely<Tables>) {
  /** Whoever reads a body just now reads it to its end: it is an orphan that is swept as if an upload had left it now. */
  const leaveToSweep = (bodyId: string, now: string) =>
    db.updateTable('file_bodies').set({ created_at: now }).where('id', '=', bodyId).execute();

  return {
    /** Stores a value of a secret; no version has it yet. */
    async insert(secretId: string, value: SealedValue, now: string, id = uuid()): Promise<ValueFacts> {
      await db
        .insertInto('secret_values')
        .values({
          id,
          secret_id: secretId,
          number: value.number,
          data_key_id: value.dataKeyId,
          message: value.message,
          body_id: value.bodyId,
          byte_length: value.byteLength,
          created_at: now,
          encrypted_at: now,
        })
        .execute();
      const { number, byteLength } = value;
      return { id, number, byteLength, encryptedAt: now, provenAt: null, proofFailedAt: null, proofFailure: null };
    },

    async find(id: string): Promise<StoredValue | undefined> {
      const row = await selectStoredValues(db).where('secret_values.id', '=', id).executeTakeFirst();
      return row && toStoredValue(row);
    },

    /** All stored values of a secret, oldest first. */
    async ofSecret(secretId: string): Promise<StoredValue[]> {
      const rows = await selectStoredValues(db)
        .where('secret_values.secret_id', '=', secretId)
        .orderBy('secret_values.number')
        .execute();
      return rows.map(toStoredValue);
    },

    /**
     * Puts the same value, encrypted anew, in the place of one; whoever reads gets one or the other, whole.
     * @returns false where the one that was read is not there any more: then nothing is replaced.
     */
    async replace(before: StoredValue, sealed: SealedValue, now: string): Promise<boolean> {
      const replaced = await db
        .updateTable('secret_values')
        .set({
          data_key_id: sealed.dataKeyId,
          message: sealed.message,
          body_id: sealed.bodyId,
          encrypted_at: now,
          proven_at: null,
          proof_failed_at: null,
          proof_failure: null,
        })
        .where('id', '=', before.id)
        .where('message', '=', before.message)
        .returning('id')
        .executeTakeFirst();
      if (!replaced) return false;
      if (before.bodyId !== null) await leaveToSweep(before.bodyId, now);
      return true;
    },

    /** Removes the values of a secret that no version has, with the bodies of files. */
    async removeUnused(secretId: string): Promise<void> {
      const used = db.selectFrom('secret_versions').select('value_id').where('secret_id', '=', secretId);
      const removed = await db
        .deleteFrom('secret_values')
        .where('secret_id', '=', secretId)
        .where('id', 'not in', used)
        .returning('body_id')
        .execute();
      const bodies = removed.flatMap(({ body_id }) => body_id ?? []);
      if (bodies.length > 0) await db.deleteFrom('file_bodies').where('id', 'in', bodies).execute();
    },
  };
}
