import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from '../access/principal.ts';

/** What someone does through the sign-in library; decides how its writes are on record. */
export type DeedKind =
  | 'password-sign-in'
  | 'second-factor'
  | 'recovery-code'
  | 'single-sign-on'
  | 'password-change'
  | 'second-factor-change'
  | 'new-recovery-codes';

export interface Deed {
  readonly kind: DeedKind;
  readonly actor: Actor;
}

const current = new AsyncLocalStorage<Deed>();

/** Runs calls of the sign-in library as part of a deed. Every call that may write runs inside one. */
export function withinDeed<T>(deed: Deed, work: () => Promise<T>): Promise<T> {
  return current.run(deed, work);
}

/** @throws Error for a write that belongs to no deed: it would be on no record, which is a bug. */
export function currentDeed(): Deed {
  const deed = current.getStore();
  if (!deed) throw new Error('The sign-in library writes outside withinDeed().');
  return deed;
}
