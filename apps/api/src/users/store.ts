import type { ExpressionBuilder, Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import { assignmentsWithRoles } from '../access/assignments-with-roles.ts';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { nameOrEmailContains } from './search.ts';
import type { UserRecord } from './user.ts';
import { toRecord, userColumns } from './user-row.ts';

/** Which users a list has. */
interface UserQuery {
  readonly searchTerm?: string | undefined;
  /** Only those who have a role here themselves, not through a group; of these roles, if any are named. */
  readonly withRoleAt?: { readonly place: Place; readonly roleIdentifiers: readonly string[] } | undefined;
  readonly index: number;
  readonly size: number;
}

/** The queries on persons, and on what belongs to them alone. */
export function userStore(db: Kysely<Tables>, engine: Engine) {
  const select = () => db.selectFrom('users').select(userColumns);

  return {
    async find(id: string): Promise<UserRecord | undefined> {
      const row = await select().where('users.id', '=', id).executeTakeFirst();
      return row && toRecord(row);
    },

    /** Like `find`, and keeps others from changing the row until the transaction ends. */
    async findForChange(id: string): Promise<UserRecord | undefined> {
      const query = select().where('users.id', '=', id);
      const row = await (engine === 'postgres' ? query.forUpdate('users') : query).executeTakeFirst();
      return row && toRecord(row);
    },

    /** @param email in lower case, as all are stored. */
    async findByEmail(email: string): Promise<UserRecord | undefined> {
      const row = await select().where('users.email', '=', email).executeTakeFirst();
      return row && toRecord(row);
    },

    async list({ searchTerm, withRoleAt, index, size }: UserQuery): Promise<{ rows: UserRecord[]; total: number }> {
      let matching = db.selectFrom('users');
      if (searchTerm) matching = matching.where(nameOrEmailContains(searchTerm));
      if (withRoleAt) matching = matching.where((eb) => eb.exists(rolesAt(eb, withRoleAt)));
      const rows = await matching
        .select(userColumns)
        .orderBy('users.name')
        .orderBy('users.id')
        .limit(size)
        .offset(index * size)
        .execute();
      const { total } = await matching.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow();
      return { rows: rows.map(toRecord), total: Number(total) };
    },

    /** The roles that users have at a scope themselves, not through a group. Built-in roles have no name here. */
    async rolesAt(place: Place, userIds: readonly string[]) {
      if (userIds.length === 0) return [];
      const { org_id, project_id } = toColumns(place);
      return assignmentsWithRoles(db)
        .select([
          'assignment.identifier',
          'principal_id as userId',
          'role_identifier as role',
          'roles.name as roleName',
        ])
        .where('principal_type', '=', 'USER')
        .where('principal_id', 'in', userIds)
        .where('assignment.org_id', '=', org_id)
        .where('assignment.project_id', '=', project_id)
        .orderBy('assignment.identifier')
        .execute();
    },

    /** @returns its id. @throws the engine's unique violation when the address is taken. */
    async insert(
      { email, name, emailVerified }: Pick<UserRecord, 'email' | 'name' | 'emailVerified'>,
      now: string,
    ): Promise<string> {
      const id = uuid();
      await db
        .insertInto('users')
        .values({
          id,
          email,
          name,
          email_verified: emailVerified ? 1 : 0,
          image: null,
          two_factor_enabled: 0,
          disabled: 0,
          last_sign_in_at: null,
          created_at: now,
          updated_at: now,
        })
        .execute();
      return id;
    },

    async change(id: string, { name, disabled }: Pick<UserRecord, 'name' | 'disabled'>, now: string): Promise<void> {
      await db
        .updateTable('users')
        .set({ name, disabled: disabled ? 1 : 0, updated_at: now })
        .where('id', '=', id)
        .execute();
    },

    /** Ends what lets the user in without a key: sessions, and sign-ins that wait for a second factor. @returns how many sessions. */
    async endSessions(id: string): Promise<number> {
      await this.endPendingSignIns(id);
      const ended = await db.deleteFrom('sessions').where('user_id', '=', id).executeTakeFirst();
      return Number(ended.numDeletedRows);
    },

    /** Ends the sign-ins that wait for a second factor: what was shown in their first step counts no more. */
    async endPendingSignIns(id: string): Promise<void> {
      await db.deleteFrom('verifications').where('value', '=', id).execute();
    },

    /** Takes the second factor away, with its recovery codes. */
    async removeSecondFactor(id: string, now: string): Promise<void> {
      await db.deleteFrom('two_factors').where('user_id', '=', id).execute();
      await db.updateTable('users').set({ two_factor_enabled: 0, updated_at: now }).where('id', '=', id).execute();
    },

    /** Removes a user with everything that is theirs but API keys and roles; sessions, links, factors and memberships go with the row. */
    async remove(id: string): Promise<void> {
      await db.deleteFrom('verifications').where('value', '=', id).execute();
      await db.deleteFrom('users').where('id', '=', id).execute();
    },
  };
}

function rolesAt(
  eb: ExpressionBuilder<Tables, 'users'>,
  { place, roleIdentifiers }: NonNullable<UserQuery['withRoleAt']>,
) {
  const { org_id, project_id } = toColumns(place);
  const assigned = eb
    .selectFrom('role_assignments')
    .select('role_assignments.id')
    .where('principal_type', '=', 'USER')
    .whereRef('principal_id', '=', 'users.id')
    .where('org_id', '=', org_id)
    .where('project_id', '=', project_id);
  return roleIdentifiers.length > 0 ? assigned.where('role_identifier', 'in', roleIdentifiers) : assigned;
}
