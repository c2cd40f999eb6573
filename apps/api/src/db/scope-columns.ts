import type { Scope } from '@wardline/contracts';

/** A scope as the tables carry it: `""` for an absent organization or project. */
export interface ScopeColumns {
  readonly org_id: string;
  readonly project_id: string;
}

/** Organization and project of anything that lives in a scope. */
export type Place = Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>;

export function toColumns({ orgIdentifier, projectIdentifier }: Place): ScopeColumns {
  return { org_id: orgIdentifier ?? '', project_id: projectIdentifier ?? '' };
}

export function fromColumns({ org_id, project_id }: ScopeColumns): Place {
  return { orgIdentifier: org_id || undefined, projectIdentifier: project_id || undefined };
}

/** A scope, or a scope and every one below it. */
export interface Region extends Place {
  readonly withBelow?: boolean;
}

/** What the columns of everything in a region have in common; nothing for all of the account. */
export function columnsOfRegion({ withBelow, ...place }: Region): Partial<ScopeColumns> {
  const columns = toColumns(place);
  if (!withBelow || place.projectIdentifier) return columns;
  return place.orgIdentifier ? { org_id: columns.org_id } : {};
}
