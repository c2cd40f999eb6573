import type { PrincipalType } from '@wardline/contracts';
import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { Tables } from '../db/schema.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';

export type RoleAssignmentStore = ReturnType<typeof roleAssignmentStore>;

/** A role at the scope where it is defined; built-in ones are at the account level. */
export interface RoleReference {
  readonly identifier: string;
  readonly place: Place;
}

export interface RoleAssignmentSettings {
  readonly identifier: string;
  readonly role: RoleReference;
  readonly principal: { readonly type: PrincipalType; readonly id: string };
}

/** The queries on who has which role where. */
export function roleAssignmentStore(db: Kysely<Tables>) {
  return {
    /** @throws the engine's unique violation when the identifier is taken. */
    async insert(place: Place, { identifier, role, principal }: RoleAssignmentSettings, now: string): Promise<void> {
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
          disabled: 0,
          created_at: now,
          updated_at: now,
        })
        .execute();
    },
  };
}
