import type { EntityUser } from '@wardline/contracts';
import { type Kysely, sql } from 'kysely';
import type { EntityKind } from '../db/entity-counts.ts';
import type { Tables } from '../db/schema.ts';
import { fromColumns, type Place, type ScopeColumns } from '../db/scope-columns.ts';
import { matchesSearch } from '../db/search.ts';

export type UsageStore = ReturnType<typeof usageStore>;

export interface EntityKey {
  readonly kind: EntityKind;
  readonly id: string;
}

/** One use of an entity: which field of the user holds the reference. */
export interface Use {
  readonly field: string;
  readonly of: EntityKey;
}

/** A field of a connector that names a secret. */
export interface ConnectorUse {
  readonly connectorId: string;
  readonly field: string;
}

export interface User {
  readonly kind: EntityKind;
  readonly place: Place;
  readonly identifier: string;
  readonly name: string;
  readonly since: string;
}

interface UserRow extends ScopeColumns {
  kind: EntityKind;
  identifier: string;
  name: string;
  since: string;
}

/** The queries on who uses whom. */
export function usageStore(db: Kysely<Tables>) {
  /** Whatever uses the entity, once each, however many of its fields refer to it. */
  function usersOf(of: EntityKey, searchTerm: string | undefined) {
    const uses = (kind: EntityKind, table: 'connectors' | 'secrets') => sql`
      select ${kind} as kind, users.org_id, users.project_id, users.identifier, users.name, min(uses.created_at) as since
      from entity_references as uses join ${sql.table(table)} as users on users.id = uses.from_id
      where uses.to_kind = ${of.kind} and uses.to_id = ${of.id} and uses.from_kind = ${kind}
        and ${searchTerm === undefined ? sql`1 = 1` : matchesSearch('users.search_text', searchTerm)}
      group by users.id, users.org_id, users.project_id, users.identifier, users.name`;
    return sql<UserRow>`(${uses('connector', 'connectors')} union all ${uses('secret', 'secrets')})`.as('found');
  }

  return {
    /** Records what an entity uses. */
    async add(from: EntityKey, uses: readonly Use[], now: string): Promise<void> {
      if (uses.length === 0) return;
      const rows = uses.map(({ field, of }) => ({
        from_kind: from.kind,
        from_id: from.id,
        to_kind: of.kind,
        to_id: of.id,
        field,
        created_at: now,
      }));
      await db.insertInto('entity_references').values(rows).execute();
    },

    /** Forgets everything that an entity uses. */
    async removeAllOf(from: EntityKey): Promise<void> {
      await db
        .deleteFrom('entity_references')
        .where('from_kind', '=', from.kind)
        .where('from_id', '=', from.id)
        .execute();
    },

    /** In which fields connectors name a secret, in the order of their ids. */
    async inConnectors(secretId: string): Promise<ConnectorUse[]> {
      const rows = await db
        .selectFrom('entity_references')
        .select(['from_id', 'field'])
        .where('to_kind', '=', 'secret')
        .where('to_id', '=', secretId)
        .where('from_kind', '=', 'connector')
        .orderBy('from_id')
        .orderBy('field')
        .execute();
      return rows.map(({ from_id, field }) => ({ connectorId: from_id, field }));
    },

    /** The users of an entity by name, a page of them, with their number. */
    async users(of: EntityKey, page: { searchTerm?: string | undefined; limit: number; offset: number }) {
      const users = usersOf(of, page.searchTerm);
      const [rows, counted] = await Promise.all([
        db
          .selectFrom(users)
          .selectAll()
          .orderBy('name')
          .orderBy('identifier')
          .limit(page.limit)
          .offset(page.offset)
          .execute(),
        db.selectFrom(users).select(sql<number | string>`count(*)`.as('total')).executeTakeFirstOrThrow(),
      ]);
      return {
        total: Number(counted.total),
        users: rows.map(
          ({ kind, identifier, name, since, ...columns }): User => ({
            kind,
            identifier,
            name,
            since,
            place: fromColumns(columns),
          }),
        ),
      };
    },
  };
}

/** A user as an answer lists it. */
export function toEntityUser({ kind, identifier, name, place }: User): EntityUser {
  return {
    type: kind === 'connector' ? 'Connectors' : 'Secrets',
    identifier,
    name,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
  };
}
