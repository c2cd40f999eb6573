import type { RequestAccess } from '../access/request-access.ts';
import type { Place, Region } from '../db/scope-columns.ts';
import { describePlace, samePlace, scopeAndParents } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';

interface Reach {
  readonly includeSecretsFromEverySubScope?: boolean | null | undefined;
  readonly includeAllSecretsAccessibleAtScope?: boolean | null | undefined;
}

/** In so many scopes apart from each other one may look at once: each is a part of the query. */
const SCOPES_AT_MOST = 100;

/**
 * The scopes whose secrets a list has: the one that was named and, where that is wanted, those above and all below it,
 * as far as the caller may see them. Who may see a scope may see all below it; who may not gets the list of what is
 * below as far as they may see that.
 * @throws WardlineError NG_ACCESS_DENIED where they may see nothing of it, INVALID_REQUEST where that is in too many
 *   scopes apart from each other.
 */
export function listedScopes(
  access: Pick<RequestAccess, 'allows' | 'require' | 'identity'>,
  place: Place,
  { includeSecretsFromEverySubScope: below, includeAllSecretsAccessibleAtScope: above }: Reach,
): Region[] {
  const { orgIdentifier, projectIdentifier } = place;
  const regions = below ? seenBelow(access, { orgIdentifier, projectIdentifier }) : [];
  if (regions.length === 0) {
    access.require('core_secret_view', place);
    regions.push({ orgIdentifier, projectIdentifier });
  }
  if (!above) return regions;
  const parents = scopeAndParents(place).filter((one) => !samePlace(one, place));
  return [...regions, ...parents.filter((one) => access.allows('core_secret_view', one))];
}

function seenBelow({ allows, identity }: Pick<RequestAccess, 'allows' | 'identity'>, place: Place): Region[] {
  if (allows('core_secret_view', place)) return [{ ...place, withBelow: true }];
  const given = identity.grants.givenBelow('core_secret_view', place);
  if (given.length > SCOPES_AT_MOST) {
    const error = `You may see secrets in ${given.length} scopes below ${describePlace(place)}, which are too many for one list. Name one of them, or leave this out.`;
    throw invalidFields([{ fieldId: 'includeSecretsFromEverySubScope', error }]);
  }
  return given.map((one) => ({ ...one, withBelow: true }));
}
