import type { Kysely } from 'kysely';
import type { Tables } from '../db/schema.ts';

/** What a lease is about, who wants it, and until when. Times are ISO 8601. */
export interface LeaseClaim {
  readonly name: string;
  /** The id of the process. */
  readonly owner: string;
  readonly now: string;
  readonly until: string;
}

/** Works that only one of several API processes may do at a time. A lease that is not renewed is anyone's. */
export function leaseStore(db: Kysely<Tables>) {
  return {
    /** Takes a lease, or renews it. @returns false where another process has it. */
    async claim({ name, owner, now, until }: LeaseClaim): Promise<boolean> {
      const claimed = await db
        .insertInto('leases')
        .values({ name, owner, until })
        .onConflict((conflict) =>
          conflict
            .column('name')
            .doUpdateSet({ owner, until })
            .where((eb) => eb.or([eb('leases.owner', '=', owner), eb('leases.until', '<=', now)])),
        )
        .returning('owner')
        .executeTakeFirst();
      return claimed !== undefined;
    },

    /** Gives a lease back, so that another process need not wait for its end. */
    async release({ name, owner }: Pick<LeaseClaim, 'name' | 'owner'>): Promise<void> {
      await db.deleteFrom('leases').where('name', '=', name).where('owner', '=', owner).execute();
    },
  };
}
