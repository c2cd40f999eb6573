import type { Page, User, UserListQuery } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import { numberedPage } from '../http/paging.ts';
import { toUser } from './user.ts';

/** One page of the users, by name. */
export async function listUsers(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { searchTerm, pageIndex, pageSize }: UserListQuery,
): Promise<Page<User>> {
  const found = await storage.users.list({ searchTerm, index: pageIndex, size: pageSize });
  const time = now();
  return userPage(found, { pageIndex, pageSize }, (user) => toUser(user, time));
}

/** The answer's page around its rows; pages of users have no token. */
export function userPage<R, T>(
  { rows, total }: { readonly rows: readonly R[]; readonly total: number },
  { pageIndex, pageSize }: Pick<UserListQuery, 'pageIndex' | 'pageSize'>,
  toItem: (row: R) => T,
): Page<T> {
  return numberedPage(rows.map(toItem), total, { index: pageIndex, size: pageSize });
}
