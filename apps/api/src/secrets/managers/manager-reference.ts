import { formatReference, scopeLevel } from '@wardline/contracts';
import type { Connector } from '../../connectors/connector.ts';
import type { Place } from '../../db/scope-columns.ts';
import { samePlace } from '../../http/scope.ts';

/** How a secret of a scope refers to a connector that keeps it: bare where it is of the same scope. */
export function managerReference({ identifier, place }: Pick<Connector, 'identifier' | 'place'>, from: Place): string {
  return samePlace(place, from) ? identifier : formatReference({ level: scopeLevel(place), identifier });
}
