import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  type Permission,
  type PrincipalType,
  permissionSchema,
} from '@wardline/contracts';
import type { Kysely } from 'kysely';
import type { Tables } from '../db/schema.ts';
import { fromColumns } from '../db/scope-columns.ts';
import { assignmentsWithRoles } from './assignments-with-roles.ts';
import type { ScopedGrant } from './grants.ts';
import type { Principal } from './principal.ts';

/** A stored token with its owner. */
export interface StoredToken {
  readonly id: string;
  readonly secretHash: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly scheduledExpireAt: string | null;
  readonly owner: Principal;
  /** A locked user's tokens open nothing. */
  readonly ownerDisabled: boolean;
}

interface GrantOwner {
  readonly type: PrincipalType;
  readonly id: string;
}

/** The queries that every request needs: whose token this is, and what they may do. */
export function accessStore(db: Kysely<Tables>) {
  async function grantsOf({ type, id }: GrantOwner, which: 'enabled' | 'all'): Promise<ScopedGrant[]> {
    const rows = await assignmentsWithRoles(db)
      .select(['assignment.org_id', 'assignment.project_id', 'assignment.role_identifier', 'roles.permissions'])
      .where('assignment.disabled', 'in', which === 'all' ? [0, 1] : [0])
      .where((eb) =>
        eb.or([
          eb.and({ principal_type: type, principal_id: id }),
          ...(type === 'USER'
            ? [
                eb.and([
                  eb('principal_type', '=', 'USER_GROUP'),
                  eb(
                    'principal_id',
                    'in',
                    eb.selectFrom('user_group_members').select('group_id').where('user_id', '=', id),
                  ),
                ]),
              ]
            : []),
        ]),
      )
      .execute();
    return rows.map((row) => ({ place: fromColumns(row), permissions: permissionsOf(row) }));
  }

  return {
    async findToken(id: string): Promise<StoredToken | undefined> {
      const row = await db
        .selectFrom('tokens')
        .innerJoin('api_keys', 'api_keys.id', 'tokens.api_key_id')
        .leftJoin('users', (join) =>
          join.onRef('users.id', '=', 'api_keys.owner_id').on('api_keys.owner_type', '=', 'USER'),
        )
        .leftJoin('service_accounts', (join) =>
          join.onRef('service_accounts.id', '=', 'api_keys.owner_id').on('api_keys.owner_type', '=', 'SERVICE_ACCOUNT'),
        )
        .select([
          'tokens.id',
          'tokens.secret_hash',
          'tokens.valid_from',
          'tokens.valid_to',
          'tokens.scheduled_expire_at',
          'api_keys.owner_type',
          'api_keys.owner_id',
          'users.email',
          'users.name as user_name',
          'users.disabled',
          'service_accounts.identifier',
          'service_accounts.name as service_account_name',
        ])
        .where('tokens.id', '=', id)
        .executeTakeFirst();
      const identifier = row?.email ?? row?.identifier;
      const name = row?.user_name ?? row?.service_account_name;
      if (!row || !identifier || !name) return undefined;
      return {
        id: row.id,
        secretHash: row.secret_hash,
        validFrom: row.valid_from,
        validTo: row.valid_to,
        scheduledExpireAt: row.scheduled_expire_at,
        owner: { type: row.owner_type, id: row.owner_id, identifier, name },
        ownerDisabled: row.disabled === 1,
      };
    },

    /** Whether there is anyone at all who could sign in or send an API key. */
    async anyPrincipal(): Promise<boolean> {
      const user = await db.selectFrom('users').select('id').limit(1).executeTakeFirst();
      return (
        user !== undefined ||
        (await db.selectFrom('service_accounts').select('id').limit(1).executeTakeFirst()) !== undefined
      );
    },

    /** The rights of a principal or a group: assigned to it, and, for a user, to its groups. */
    findGrants: (owner: GrantOwner): Promise<ScopedGrant[]> => grantsOf(owner, 'enabled'),

    /**
     * The same with assignments that are disabled: whoever comes to act as its owner has those rights too once they are
     * enabled again, which nobody asks about then.
     */
    findPossibleGrants: (owner: GrantOwner): Promise<ScopedGrant[]> => grantsOf(owner, 'all'),
  };
}

/** A permission that this version does not know gives no right. */
function permissionsOf(row: { role_identifier: string; permissions: string | null }): ReadonlySet<Permission> {
  if (isBuiltInRole(row.role_identifier)) return new Set(BUILT_IN_ROLES[row.role_identifier].permissions);
  if (row.permissions === null) return new Set();
  const stored: unknown = JSON.parse(row.permissions);
  const known = Array.isArray(stored) ? stored.map((one) => permissionSchema.safeParse(one)) : [];
  return new Set(known.flatMap(({ data }) => data ?? []));
}

/** Built-in roles begin with an underscore, which roles that people make never do. */
export function isBuiltInRole(identifier: string): identifier is BuiltInRole {
  return Object.hasOwn(BUILT_IN_ROLES, identifier);
}
