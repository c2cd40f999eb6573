import type { PrincipalType } from '@wardline/contracts';
import type { RoleAssignmentRow } from '../db/schema-identity.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** A role at the scope where it is defined; built-in ones are at the account level. */
export interface RoleReference {
  readonly identifier: string;
  readonly place: Place;
}

/** Whom an assignment names. */
interface AssignedPrincipal {
  readonly type: PrincipalType;
  /** The database's id. */
  readonly id: string;
  /** What the API calls it: the id of a user, the ID of a service account or a group. */
  readonly identifier: string;
  readonly name: string;
  readonly email: string | null;
  /** Where it lives; absent for a user. */
  readonly place: Place | undefined;
}

/** Who has which role, at a scope and in every one below it. */
export interface RoleAssignment {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly role: RoleReference;
  readonly principal: AssignedPrincipal;
  readonly resourceGroup: string;
  readonly disabled: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** An assignment with what its principal is called, as `program` or `grouped` where it is no user. */
export const ASSIGNMENT_COLUMNS = [
  'assignment.id',
  'assignment.org_id',
  'assignment.project_id',
  'assignment.identifier',
  'assignment.role_identifier',
  'assignment.role_org_id',
  'assignment.role_project_id',
  'assignment.principal_type',
  'assignment.principal_id',
  'assignment.resource_group',
  'assignment.disabled',
  'assignment.created_at',
  'assignment.updated_at',
  'users.email as user_email',
  'users.name as user_name',
  'program.identifier as program_identifier',
  'program.name as program_name',
  'program.email as program_email',
  'program.org_id as program_org_id',
  'program.project_id as program_project_id',
  'grouped.identifier as group_identifier',
  'grouped.name as group_name',
  'grouped.org_id as group_org_id',
  'grouped.project_id as group_project_id',
] as const;

interface JoinedRow extends RoleAssignmentRow {
  user_email: string | null;
  user_name: string | null;
  program_identifier: string | null;
  program_name: string | null;
  program_email: string | null;
  program_org_id: string | null;
  program_project_id: string | null;
  group_identifier: string | null;
  group_name: string | null;
  group_org_id: string | null;
  group_project_id: string | null;
}

export function toRoleAssignment(row: JoinedRow): RoleAssignment {
  return {
    id: row.id,
    place: fromColumns(row),
    identifier: row.identifier,
    role: {
      identifier: row.role_identifier,
      place: fromColumns({ org_id: row.role_org_id, project_id: row.role_project_id }),
    },
    principal: principalOf(row),
    resourceGroup: row.resource_group,
    disabled: row.disabled === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A principal goes with its assignments, so that there is one; its id stands for whatever might be missing. */
function principalOf(row: JoinedRow): AssignedPrincipal {
  const { principal_type: type, principal_id: id } = row;
  switch (type) {
    case 'USER':
      return { type, id, identifier: id, name: row.user_name ?? id, email: row.user_email, place: undefined };
    case 'SERVICE_ACCOUNT':
      return {
        type,
        id,
        identifier: row.program_identifier ?? id,
        name: row.program_name ?? id,
        email: row.program_email,
        place: fromColumns({ org_id: row.program_org_id ?? '', project_id: row.program_project_id ?? '' }),
      };
    case 'USER_GROUP':
      return {
        type,
        id,
        identifier: row.group_identifier ?? id,
        name: row.group_name ?? id,
        email: null,
        place: fromColumns({ org_id: row.group_org_id ?? '', project_id: row.group_project_id ?? '' }),
      };
  }
}
