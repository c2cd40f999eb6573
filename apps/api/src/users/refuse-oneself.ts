import type { Caller } from '../access/caller.ts';
import { WardlineError } from '../wardline-error.ts';

/** Nobody shuts themselves out by mistake. @throws WardlineError INVALID_REQUEST */
export function refuseOneself({ access }: Pick<Caller, 'access'>, userId: string, deed: 'lock' | 'delete'): void {
  const { type, id } = access.identity.principal;
  if (type !== 'USER' || id !== userId) return;
  throw new WardlineError('INVALID_REQUEST', `You cannot ${deed} yourself.`, {
    hints: [`Ask another administrator to ${deed} this user.`],
  });
}
