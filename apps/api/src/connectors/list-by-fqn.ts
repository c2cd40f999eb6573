import type { RequestAccess } from '../access/request-access.ts';
import type { Deps } from '../app.ts';
import { type Place, toColumns } from '../db/scope-columns.ts';
import { parseFqn } from '../http/fqn.ts';
import type { Connector } from './connector.ts';

/**
 * The connectors with the given fully qualified names, in the order given; unknown ones are left out.
 * @throws WardlineError INVALID_REQUEST for a name that is none, NG_ACCESS_DENIED for a scope that the caller may not see.
 */
export async function listByFqn(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  access: RequestAccess,
  names: readonly string[],
): Promise<Connector[]> {
  const byPlace = new Map<string, { place: Place; identifiers: string[] }>();
  for (const name of names) {
    const { place, identifier } = parseFqn(name, config.accountId);
    access.require('core_connector_view', place);
    const group = byPlace.get(keyOf(place)) ?? { place, identifiers: [] };
    group.identifiers.push(identifier);
    byPlace.set(keyOf(place), group);
  }
  const groups = [...byPlace.values()];
  const found = await Promise.all(groups.map((group) => storage.connectors.findMany(group.place, group.identifiers)));
  const known = new Map(found.flat().map((one) => [`${keyOf(one.place)} ${one.identifier}`, one]));
  return names.flatMap((name) => {
    const { place, identifier } = parseFqn(name, config.accountId);
    return known.get(`${keyOf(place)} ${identifier}`) ?? [];
  });
}

const keyOf = (place: Place): string => Object.values(toColumns(place)).join('/');
