import type { SecretType } from '@wardline/contracts';
import type { CompiledQuery, InferResult, Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import { fromColumns, type Place, toColumns } from '../../db/scope-columns.ts';
import { SharedQuery } from '../../db/shared-query.ts';
import type { SecretAddress } from '../store.ts';
import { type StoredValue, selectStoredValues, toStoredValue } from '../values/stored-value.ts';

/** A secret with its current value, and everything that opening it needs. */
export interface ReadableSecret {
  readonly place: Place;
  readonly identifier: string;
  readonly type: SecretType;
  readonly name: string;
  readonly version: number;
  readonly value: StoredValue;
}

type Row = InferResult<ReturnType<typeof select>>[number];

/** How many addresses one query has at most, unless a single request has more. */
const ADDRESSES_AT_MOST = 100;

/** The query that reading values takes; there is no other. Requests that come in together share it. */
export function readableSecretStore(db: Kysely<Tables>) {
  // By the number of addresses. Building the query takes longer than running it, and this one runs most.
  const compiled = new Map<number, CompiledQuery>();
  const shared = new SharedQuery<SecretAddress, ReadableSecret>(async (addresses) => {
    const query = compiled.get(addresses.length) ?? select(db, addresses).compile();
    compiled.set(addresses.length, query);
    const { rows } = await db.executeQuery<Row>({ ...query, parameters: addresses.flatMap(parametersOf) });
    return new Map(rows.map(toReadable).map((secret) => [addressKey(secret), secret]));
  }, ADDRESSES_AT_MOST);
  return {
    /** The secrets at these addresses; both by `addressKey`. */
    find: (addresses: ReadonlyMap<string, SecretAddress>): Promise<Map<string, ReadableSecret>> =>
      shared.find(addresses),
  };
}

/** Equal for equal addresses. */
export function addressKey({ place, identifier }: Pick<SecretAddress, 'place' | 'identifier'>): string {
  return `${place.orgIdentifier ?? ''}/${place.projectIdentifier ?? ''}/${identifier}`;
}

function select(db: Kysely<Tables>, addresses: readonly SecretAddress[]) {
  return selectStoredValues(db)
    .innerJoin('secrets', 'secrets.value_id', 'secret_values.id')
    .select([
      'secrets.org_id',
      'secrets.project_id',
      'secrets.identifier',
      'secrets.type',
      'secrets.name as secret_name',
      'secrets.version',
    ])
    .where((eb) =>
      eb.or(
        addresses.map((address) => {
          const [org = '', project = '', identifier = ''] = parametersOf(address);
          return eb.and([
            eb('secrets.org_id', '=', org),
            eb('secrets.project_id', '=', project),
            eb('secrets.identifier', '=', identifier),
          ]);
        }),
      ),
    );
}

/** In the order in which the query has them. */
function parametersOf({ place, identifier }: SecretAddress): string[] {
  const { org_id, project_id } = toColumns(place);
  return [org_id, project_id, identifier];
}

function toReadable(row: Row): ReadableSecret {
  const { identifier, type, secret_name: name, version } = row;
  return { place: fromColumns(row), identifier, type, name, version, value: toStoredValue(row) };
}
