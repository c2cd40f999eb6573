import type { UserGroup as UserGroupResponse, UserGroupV2 } from '@wardline/contracts';
import type { ScopedRow } from '../db/schema.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

export interface UserGroupSettings {
  readonly name: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Persons who have the same rights. */
export interface UserGroup extends UserGroupSettings {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** A user as a member of groups. */
export interface Member {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly disabled: boolean;
}

export interface GroupWithMembers {
  readonly group: UserGroup;
  readonly members: readonly Member[];
}

export function toUserGroup(row: Omit<ScopedRow, 'search_text'>): UserGroup {
  return {
    id: row.id,
    place: fromColumns(row),
    identifier: row.identifier,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags) as Record<string, string>,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A group as the API answers it, with the ids of its members. */
export function toGroupResponse({ group, members }: GroupWithMembers, accountId: string): UserGroupResponse {
  return { ...common(group, accountId), users: members.map(({ id }) => id) };
}

/** The same for `/ng/api/v2`, with e-mail addresses. */
export function toGroupV2Response({ group, members }: GroupWithMembers, accountId: string): UserGroupV2 {
  return { ...common(group, accountId), users: members.map(({ id, email }) => ({ id, email })) };
}

function common(group: UserGroup, accountIdentifier: string) {
  return {
    accountIdentifier,
    orgIdentifier: group.place.orgIdentifier ?? null,
    projectIdentifier: group.place.projectIdentifier ?? null,
    identifier: group.identifier,
    name: group.name,
    description: group.description,
    tags: { ...group.tags },
    notificationConfigs: [],
    isSsoLinked: false,
    ssoLinked: false,
    linkedSsoId: null,
    linkedSsoType: null,
    linkedSsoDisplayName: null,
    ssoGroupId: null,
    ssoGroupName: null,
    externallyManaged: false,
    harnessManaged: false,
  } as const satisfies Omit<UserGroupResponse, 'users' | 'notificationConfigs'> & { notificationConfigs: [] };
}
