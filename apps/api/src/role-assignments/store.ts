import { ALL_RESOURCES, type PrincipalType } from '@wardline/contracts';
import { type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../db/client.ts';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { ASSIGNMENT_COLUMNS, type RoleAssignment, type RoleReference, toRoleAssignment } from './role-assignment.ts';

export interface RoleAssignmentSettings {
  readonly identifier: string;
  readonly role: RoleReference;
  readonly principal: { readonly type: PrincipalType; readonly id: string };
  /** Everything at the scope and below, unless the client said it under the other name. */
  readonly resourceGroup?: string;
  readonly disabled?: boolean;
}

interface AssignmentList {
  readonly place: Place;
  readonly conditions: readonly RawBuilder<SqlBool>[];
  readonly limit: number;
  readonly offset: number;
  /** By when they were made. */
  readonly direction: 'asc' | 'desc';
}

/** The queries on who has which role where. */
export function roleAssignmentStore(db: Kysely<Tables>, engine: Engine) {
  /** With what the principal is called, whichever it is. */
  const select = () =>
    db
      .selectFrom('role_assignments as assignment')
      .leftJoin('users', (join) =>
        join.onRef('users.id', '=', 'assignment.principal_id').on('assignment.principal_type', '=', 'USER'),
      )
      .leftJoin('service_accounts as program', (join) =>
        join
          .onRef('program.id', '=', 'assignment.principal_id')
          .on('assignment.principal_type', '=', 'SERVICE_ACCOUNT'),
      )
      .leftJoin('user_groups as grouped', (join) =>
        join.onRef('grouped.id', '=', 'assignment.principal_id').on('assignment.principal_type', '=', 'USER_GROUP'),
      )
      .select(ASSIGNMENT_COLUMNS);

  const at = (place: Place) => {
    const { org_id, project_id } = toColumns(place);
    return select().where('assignment.org_id', '=', org_id).where('assignment.project_id', '=', project_id);
  };

  async function removeAll(found: readonly RoleAssignment[]): Promise<void> {
    if (found.length === 0) return;
    const ids = found.map(({ id }) => id);
    await db.deleteFrom('role_assignments').where('id', 'in', ids).execute();
  }

  return {
    /** @throws the engine's unique violation when the identifier is taken, or the principal has the role there. */
    async insert(place: Place, settings: RoleAssignmentSettings, now: string): Promise<void> {
      const { identifier, role, principal, resourceGroup = ALL_RESOURCES, disabled = false } = settings;
      const defined = toColumns(role.place);
      await db
        .insertInto('role_assignments')
        .values({
          id: uuid(),
          ...toColumns(place),
          identifier,
          role_identifier: role.identifier,
          role_org_id: defined.org_id,
          role_project_id: defined.project_id,
          principal_type: principal.type,
          principal_id: principal.id,
          resource_group: resourceGroup,
          disabled: disabled ? 1 : 0,
          created_at: now,
          updated_at: now,
        })
        .execute();
    },

    async find(place: Place, identifier: string): Promise<RoleAssignment | undefined> {
      const row = await at(place).where('assignment.identifier', '=', identifier).executeTakeFirst();
      return row && toRoleAssignment(row);
    },

    /** Like `find`, and keeps others from changing the row until the transaction ends. */
    async findForChange(place: Place, identifier: string): Promise<RoleAssignment | undefined> {
      const query = at(place).where('assignment.identifier', '=', identifier);
      const row = await (engine === 'postgres' ? query.forUpdate('assignment') : query).executeTakeFirst();
      return row && toRoleAssignment(row);
    },

    /** A page of the assignments of a scope that pass the conditions, with their number. */
    async list({ place, conditions, limit, offset, direction }: AssignmentList) {
      const matching = conditions.reduce((query, condition) => query.where(condition), at(place));
      const [rows, counted] = await Promise.all([
        matching
          .orderBy('assignment.created_at', direction)
          .orderBy('assignment.id', direction)
          .limit(limit)
          .offset(offset)
          .execute(),
        matching.clearSelect().select(sql<number | string>`count(*)`.as('total')).executeTakeFirstOrThrow(),
      ]);
      return { rows: rows.map(toRoleAssignment), total: Number(counted.total) };
    },

    async setDisabled({ id }: RoleAssignment, disabled: boolean, now: string): Promise<void> {
      const set = { disabled: disabled ? (1 as const) : (0 as const), updated_at: now };
      await db.updateTable('role_assignments').set(set).where('id', '=', id).execute();
    },

    remove: (assignment: RoleAssignment) => removeAll([assignment]),

    /** Takes every role away from a principal. @returns what was removed. */
    async removeOfPrincipal(principal: { type: PrincipalType; id: string }): Promise<RoleAssignment[]> {
      const rows = await select()
        .where('assignment.principal_type', '=', principal.type)
        .where('assignment.principal_id', '=', principal.id)
        .execute();
      const found = rows.map(toRoleAssignment);
      await removeAll(found);
      return found;
    },

    /** Takes a role away from everyone. @returns what was removed. */
    async removeOfRole({ identifier, place }: RoleReference): Promise<RoleAssignment[]> {
      const { org_id, project_id } = toColumns(place);
      const rows = await select()
        .where('assignment.role_identifier', '=', identifier)
        .where('assignment.role_org_id', '=', org_id)
        .where('assignment.role_project_id', '=', project_id)
        .execute();
      const found = rows.map(toRoleAssignment);
      await removeAll(found);
      return found;
    },
  };
}
