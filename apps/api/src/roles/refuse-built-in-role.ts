import { isBuiltInRole } from '../access/store.ts';
import { WardlineError } from '../wardline-error.ts';

/**
 * Keeps the built-in roles as they are.
 * @param params the parameters of the path, which name the role.
 * @throws WardlineError INVALID_REQUEST
 */
export function refuseBuiltInRole(params: unknown, what: 'changed' | 'deleted'): void {
  const identifier = (params as { readonly identifier: string }).identifier;
  if (!isBuiltInRole(identifier)) return;
  throw new WardlineError('INVALID_REQUEST', `“${identifier}” is a built-in role, which can't be ${what}.`, {
    hints: ['Create a role of your own with the permissions that you want.'],
  });
}
