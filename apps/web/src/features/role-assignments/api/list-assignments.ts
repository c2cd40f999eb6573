import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { type PrincipalType, pageOf, roleAssignmentAggregateSchema, type Scope } from '@wardline/contracts';
import { apiData } from '../../../lib/api.ts';
import { PAGE_SIZE } from '../../../lib/paged-search.ts';

/** What is known of role assignments is kept under this. */
export const ASSIGNMENTS_KEY = ['role-assignments'] as const;

/** Where an assignment is made. */
export type Place = Partial<Pick<Scope, 'orgIdentifier' | 'projectIdentifier'>>;

/** Who has a role: a user by id, a group or a service account of the account level by its ID. */
export interface Holder {
  readonly type: PrincipalType;
  readonly identifier: string;
}

/** Which assignments are asked for. Those of a scope are listed, not those above or below. */
export interface AssignmentsQuestion {
  readonly place?: Place;
  readonly page?: number;
  readonly roleIdentifier?: string | undefined;
  readonly principalType?: PrincipalType | undefined;
  readonly holder?: Holder;
}

/** On the wire a scope level says where a group or a service account is; a user belongs to none. */
export const wirePrincipal = ({ type, identifier }: Holder) =>
  type === 'USER' ? { type, identifier } : { type, identifier, scopeLevel: 'account' as const };

const filterOf = ({ roleIdentifier, principalType, holder }: AssignmentsQuestion) => ({
  ...(roleIdentifier !== undefined && { roleFilter: [roleIdentifier] }),
  ...(principalType !== undefined && { principalTypeFilter: [principalType] }),
  ...(holder && { principalFilter: [wirePrincipal(holder)] }),
});

const assignmentsQuery = (question: AssignmentsQuestion) =>
  queryOptions({
    queryKey: [...ASSIGNMENTS_KEY, question],
    queryFn: ({ signal }) =>
      apiData({
        method: 'POST',
        path: '/authz/api/roleassignments/v2/filter',
        query: { ...question.place, pageIndex: (question.page ?? 1) - 1, pageSize: PAGE_SIZE },
        body: filterOf(question),
        schema: pageOf(roleAssignmentAggregateSchema),
        signal,
      }),
  });

/** One page of role assignments with the names of roles and holders, the newest first. */
export function useAssignments(question: AssignmentsQuestion) {
  return useQuery({ ...assignmentsQuery(question), placeholderData: keepPreviousData });
}
