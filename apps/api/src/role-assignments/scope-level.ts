import type { ScopeLevelName } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';

/**
 * The scope of a level on the way from the account down to `place`: an assignment uses what is defined at its own scope or
 * above.
 * @throws WardlineError INVALID_REQUEST for a level below.
 */
export function placeAtLevel(place: Place, level: ScopeLevelName | undefined, fieldId: string): Place {
  const { orgIdentifier, projectIdentifier } = place;
  switch (level) {
    case undefined:
      return place;
    case 'account':
      return {};
    case 'organization':
      if (orgIdentifier) return { orgIdentifier };
      break;
    case 'project':
      if (projectIdentifier) return place;
      break;
  }
  const error = `The assignment is at ${describePlace(place)}, so it can't use what is defined below at the level ${level}.`;
  throw invalidFields([{ fieldId, error }]);
}
