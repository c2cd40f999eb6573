import type { Kysely } from 'kysely';
import type { Tables } from '../db/schema.ts';

/** Role assignments, each with its role where that is one of the tables': built-in roles are not. */
export const assignmentsWithRoles = (db: Kysely<Tables>) =>
  db
    .selectFrom('role_assignments as assignment')
    .leftJoin('roles', (join) =>
      join
        .onRef('roles.identifier', '=', 'assignment.role_identifier')
        .onRef('roles.org_id', '=', 'assignment.role_org_id')
        .onRef('roles.project_id', '=', 'assignment.role_project_id'),
    );
