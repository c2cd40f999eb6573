import type { AuthenticationMethod } from '@wardline/contracts';

/** A person or a program, as an authenticated request has it. */
export interface Principal {
  readonly type: 'USER' | 'SERVICE_ACCOUNT';
  readonly id: string;
  /** E-mail address of a person, ID of a service account. */
  readonly identifier: string;
  readonly name: string;
}

/** How a request proved who it is from: a session of the console, or a token of an API key. */
export interface Authentication {
  readonly method: AuthenticationMethod;
  /** The id of the session or the token. */
  readonly id: string;
}

/** Who does something, and from where: what the audit log needs to know besides the deed. */
export interface Actor {
  readonly principal:
    | Principal
    | { readonly type: 'SYSTEM'; readonly identifier: string; readonly name: string }
    | { readonly type: 'ANONYMOUS'; readonly identifier: string; readonly name: string };
  readonly authentication: Authentication | undefined;
  /** The client's address; absent for what the server does by itself. */
  readonly address: string | undefined;
  readonly requestId: string | undefined;
  readonly request: { readonly method: string; readonly path: string } | undefined;
}

/** What the server does by itself. @param task what it is doing, e.g. `bootstrap`. */
export function systemActor(task: string): Actor {
  return {
    principal: { type: 'SYSTEM', identifier: task, name: 'Wardline' },
    authentication: undefined,
    address: undefined,
    requestId: undefined,
    request: undefined,
  };
}

/** Whoever has not shown who they are. */
export const ANONYMOUS = { type: 'ANONYMOUS', identifier: 'anonymous', name: 'Not signed in' } as const;
