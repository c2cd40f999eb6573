import { type AccessCheckRequest, type AccessCheckResponse, permissionSchema } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { requestScope, scopeAndParents } from '../http/scope.ts';
import { placeAtLevel } from '../role-assignments/scope-level.ts';
import type { Storage } from '../storage.ts';
import { Grants, NO_GRANTS } from './grants.ts';
import type { RequestAccess } from './request-access.ts';

type AskedPrincipal = NonNullable<AccessCheckRequest['principal']>;

/**
 * Whether a principal has rights at scopes. A right that this server does not know nobody has, and a principal that
 * there is not has none.
 * @throws WardlineError NG_ACCESS_DENIED for someone else's rights at a scope whose roles the caller may not see.
 */
export async function checkAccess(
  { storage, config: { accountId } }: Pick<Deps, 'storage' | 'config'>,
  access: RequestAccess,
  { permissions, principal }: AccessCheckRequest,
): Promise<AccessCheckResponse> {
  const own = access.identity.principal;
  const checks = permissions.map((check) => ({ ...check, place: requestScope(check.resourceScope ?? {}, accountId) }));
  const grants = new Map<string, Grants>();
  for (const { place } of checks) {
    if (grants.has(keyOf(place))) continue;
    grants.set(keyOf(place), principal ? await grantsOf(storage, access, principal, place) : access.identity.grants);
  }
  return {
    principal: principal
      ? { type: principal.type, identifier: principal.identifier, scopeLevel: principal.scopeLevel ?? null }
      : { type: own.type, identifier: own.type === 'USER' ? own.id : own.identifier, scopeLevel: null },
    accessControlList: checks.map(({ permission, resourceType, resourceIdentifier, place }) => {
      const known = permissionSchema.safeParse(permission).data;
      return {
        permission,
        resourceScope: {
          accountIdentifier: accountId,
          orgIdentifier: place.orgIdentifier ?? null,
          projectIdentifier: place.projectIdentifier ?? null,
        },
        resourceType: resourceType ?? null,
        resourceIdentifier: resourceIdentifier ?? null,
        permitted: known !== undefined && (grants.get(keyOf(place)) ?? NO_GRANTS).allow(known, place),
      };
    }),
  };
}

/** The rights of a principal that is at the scope or above; the nearest, unless its level is said. */
async function grantsOf(
  { principals, access: rights }: Pick<Storage, 'principals' | 'access'>,
  access: RequestAccess,
  { type, identifier, scopeLevel }: AskedPrincipal,
  place: Place,
): Promise<Grants> {
  const places = scopeLevel ? [placeAtLevel(place, scopeLevel, 'principal.scopeLevel')] : scopeAndParents(place);
  for (const one of places) {
    const id = await principals.findId({ type, identifier, place: one });
    if (!id) continue;
    if (id === access.identity.principal.id) return access.identity.grants;
    access.require('core_role_view', place);
    return new Grants(await rights.findGrants({ type, id }));
  }
  // Whether there is such a principal is as little for everyone to know.
  access.require('core_role_view', place);
  return NO_GRANTS;
}

const keyOf = (place: Place): string => Object.values(toColumns(place)).join('/');
