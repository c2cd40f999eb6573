import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Place } from '../db/scope-columns.ts';
import type { Stores } from '../stores.ts';
import { addressOf } from './built-in-manager.ts';

/**
 * True for the secrets that one of the managers keeps, however they spell their reference to it.
 * @param references as seen from the scope; those to managers that there are not match nothing.
 */
export async function isKeptBy(
  { connectors }: Pick<Stores, 'connectors'>,
  references: readonly string[],
  from: Place,
): Promise<RawBuilder<SqlBool>> {
  const conditions: RawBuilder<SqlBool>[] = [];
  for (const reference of references) {
    const address = addressOf(reference, from);
    if (!address) continue;
    if (address.identifier === BUILT_IN_SECRET_MANAGER) {
      conditions.push(sql<SqlBool>`not exists (${use()})`);
      continue;
    }
    const connector = await connectors.find(address.place, address.identifier);
    if (connector) conditions.push(sql<SqlBool>`exists (${use()} and u.to_id = ${connector.id})`);
  }
  return conditions.length === 0 ? sql<SqlBool>`1 = 0` : sql<SqlBool>`(${sql.join(conditions, sql` or `)})`;
}

const use = () => sql`select 1 from entity_references u
  where u.from_kind = 'secret' and u.from_id = secrets.id and u.to_kind = 'connector'`;
