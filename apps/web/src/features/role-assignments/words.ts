import type { PrincipalType, RoleAssignmentAggregate } from '@wardline/contracts';

/** What can have a role, in words. */
export const HOLDER_WORDS = {
  USER: 'User',
  USER_GROUP: 'User group',
  SERVICE_ACCOUNT: 'Service account',
} as const satisfies Record<PrincipalType, string>;

/** A scope in words. */
export function placeWords({
  orgIdentifier,
  projectIdentifier,
}: {
  readonly orgIdentifier?: string | null | undefined;
  readonly projectIdentifier?: string | null | undefined;
}): string {
  if (projectIdentifier) return `project ${projectIdentifier} of ${orgIdentifier}`;
  return orgIdentifier ? `organization ${orgIdentifier}` : 'the whole account';
}

/** What tells holders of the same name apart. */
export function holderIdentifier({ type, identifier, email }: RoleAssignmentAggregate['principal']): string {
  return type === 'USER' ? (email ?? identifier) : identifier;
}
