import type { PrincipalType } from '@wardline/contracts';
import type { Kysely } from 'kysely';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';

export type PrincipalStore = ReturnType<typeof principalStore>;

/** A principal by what the API calls it. The place counts for what lives in one, which users do not. */
export interface PrincipalAddress {
  readonly type: PrincipalType;
  readonly identifier: string;
  readonly place: Place;
}

/** The queries on whom rights can be given to, whatever kind they are. */
export function principalStore(db: Kysely<Tables>, engine: Engine) {
  function rowOf({ type, identifier, place }: PrincipalAddress) {
    if (type === 'USER') return db.selectFrom('users').select('id').where('id', '=', identifier);
    const { org_id, project_id } = toColumns(place);
    return db
      .selectFrom(type === 'SERVICE_ACCOUNT' ? 'service_accounts' : 'user_groups')
      .select('id')
      .where('org_id', '=', org_id)
      .where('project_id', '=', project_id)
      .where('identifier', '=', identifier);
  }

  return {
    /** The database's id of a principal. */
    async findId(address: PrincipalAddress): Promise<string | undefined> {
      return (await rowOf(address).executeTakeFirst())?.id;
    },

    /** Like `findId`, and keeps others from deleting it until the transaction ends. */
    async findIdForUse(address: PrincipalAddress): Promise<string | undefined> {
      const query = rowOf(address);
      return (await (engine === 'postgres' ? query.forShare() : query).executeTakeFirst())?.id;
    },

    /**
     * Whether some account administrator could come in: the role is assigned at the account level and not disabled, to
     * a user who is not locked and can sign in or has a token that holds, to a service account with such a token, or
     * to a group with such a user. Holds off other changes until the transaction ends, so that two of them can't take
     * the last two away at once; so it is asked last.
     */
    async anyAdministrator(now: Date): Promise<boolean> {
      if (engine === 'postgres') await db.selectFrom('audit_head').select('seq').forUpdate().execute();
      const time = now.toISOString();
      const owners = (type: 'USER' | 'SERVICE_ACCOUNT') =>
        db
          .selectFrom('tokens')
          .innerJoin('api_keys', 'api_keys.id', 'tokens.api_key_id')
          .select('api_keys.owner_id')
          .where('api_keys.owner_type', '=', type)
          .where((eb) => eb.or([eb('tokens.valid_to', 'is', null), eb('tokens.valid_to', '>', time)]))
          .where((eb) =>
            eb.or([eb('tokens.scheduled_expire_at', 'is', null), eb('tokens.scheduled_expire_at', '>', time)]),
          );
      // Invited, but without a password so far: no account, or one without.
      const signers = db
        .selectFrom('accounts')
        .select('user_id')
        .where((eb) => eb.or([eb('password', 'is not', null), eb('provider_id', '!=', 'credential')]));
      const users = db
        .selectFrom('users')
        .select('users.id')
        .where('disabled', '=', 0)
        .where((eb) => eb.or([eb('users.id', 'in', signers), eb('users.id', 'in', owners('USER'))]));
      const groups = db.selectFrom('user_group_members').select('group_id').where('user_id', 'in', users);
      const found = await db
        .selectFrom('role_assignments')
        .select('id')
        .where((eb) =>
          eb.and({ role_identifier: '_account_admin', role_org_id: '', org_id: '', project_id: '', disabled: 0 }),
        )
        .where((eb) =>
          eb.or([
            eb.and([eb('principal_type', '=', 'USER'), eb('principal_id', 'in', users)]),
            eb.and([eb('principal_type', '=', 'SERVICE_ACCOUNT'), eb('principal_id', 'in', owners('SERVICE_ACCOUNT'))]),
            eb.and([eb('principal_type', '=', 'USER_GROUP'), eb('principal_id', 'in', groups)]),
          ]),
        )
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },
  };
}
