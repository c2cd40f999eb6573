import type { EntityUsage, Page } from '@wardline/contracts';
import { scopeLevel } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import type { EntityKind } from '../db/entity-counts.ts';
import type { Place } from '../db/scope-columns.ts';
import { numberedPage } from '../http/paging.ts';
import { toEntityUser } from './store.ts';

interface UsersRequest {
  readonly kind: EntityKind;
  readonly place: Place;
  readonly identifier: string;
  readonly searchTerm: string | undefined;
  readonly index: number;
  readonly size: number;
}

/** Who uses an entity, a page by name. An entity that does not exist is used by no one. */
export async function listUsers(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { kind, place, identifier, searchTerm, index, size }: UsersRequest,
): Promise<Page<EntityUsage>> {
  const entity =
    kind === 'connector'
      ? await storage.connectors.find(place, identifier)
      : await storage.secrets.find({ place, identifier });
  const { users, total } = entity
    ? await storage.usage.users({ kind, id: entity.id }, { searchTerm, limit: size, offset: index * size })
    : { users: [], total: 0 };
  const content = users.map((user) => ({
    accountIdentifier: config.accountId,
    referredEntity: toEntity(kind, { place, identifier, name: entity?.name ?? identifier }, config.accountId),
    referredByEntity: toEntity(user.kind, user, config.accountId),
    createdAt: Date.parse(user.since),
  }));
  return numberedPage(content, total, { index, size });
}

function toEntity(
  kind: EntityKind,
  entity: { readonly place: Place; readonly identifier: string; readonly name: string },
  accountIdentifier: string,
): EntityUsage['referredEntity'] {
  const { type, name, ...ref } = toEntityUser({ kind, since: '', ...entity });
  return { type, name, entityRef: { scope: scopeLevel(entity.place), accountIdentifier, ...ref } };
}
