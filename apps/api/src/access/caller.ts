import type { Actor } from './principal.ts';
import type { RequestAccess } from './request-access.ts';

/** Who asks for an operation: for the record, and for what they may do. A request is one. */
export interface Caller {
  readonly actor: Actor;
  readonly access: RequestAccess;
}
