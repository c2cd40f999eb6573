import {
  BUILT_IN_ROLES,
  type RoleAssignmentMetadata,
  type ServiceAccountAggregate,
  type ServiceAccount as ServiceAccountAnswer,
} from '@wardline/contracts';
import { isBuiltInRole } from '../access/store.ts';
import { resourceGroupOfName } from '../role-assignments/assignment-response.ts';
import type { ServiceAccount } from './service-account.ts';
import type { ServiceAccountStore } from './store.ts';

/** A service account as the API answers it. */
export function toServiceAccountResponse(account: ServiceAccount, accountId: string): ServiceAccountAnswer {
  const { identifier, name, email, description, tags, place } = account;
  return {
    identifier,
    name,
    email,
    description,
    tags,
    accountIdentifier: accountId,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
  };
}

/** Service accounts with the number of their tokens and with their roles, in the same order. */
export async function toAggregates(
  store: ServiceAccountStore,
  accounts: readonly ServiceAccount[],
  accountId: string,
): Promise<ServiceAccountAggregate[]> {
  const ids = accounts.map(({ id }) => id);
  const [tokens, roles] = await Promise.all([store.countTokens(ids), store.findRoles(ids)]);
  return accounts.map((account) => ({
    serviceAccount: toServiceAccountResponse(account, accountId),
    createdAt: Date.parse(account.createdAt),
    lastModifiedAt: Date.parse(account.updatedAt),
    tokensCount: tokens.get(account.id) ?? 0,
    roleAssignmentsMetadataDTO: roles.filter((role) => role.principal_id === account.id).map(toMetadata),
  }));
}

function toMetadata(role: Awaited<ReturnType<ServiceAccountStore['findRoles']>>[number]): RoleAssignmentMetadata {
  const builtIn = isBuiltInRole(role.role_identifier) ? BUILT_IN_ROLES[role.role_identifier] : undefined;
  return {
    identifier: role.identifier,
    roleIdentifier: role.role_identifier,
    roleName: builtIn?.name ?? role.name ?? role.role_identifier,
    resourceGroupIdentifier: role.resource_group,
    resourceGroupName: resourceGroupOfName(role.resource_group).name,
    managedRole: builtIn !== undefined,
    managedRoleAssignment: false,
  };
}
