import type { Deps } from '../app.ts';
import { FailedSignIns } from './failed-sign-ins.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { type SignInLibrary, signInLibrary } from './sign-in-library.ts';
import { SignInLimits } from './sign-in-limits.ts';

/** What the operations of signing in work with. */
export interface Identity extends Deps {
  /** Loads better-auth when it is called first. */
  readonly library: () => Promise<SignInLibrary>;
  readonly passwords: Passwords;
  readonly limits: SignInLimits;
  readonly failures: FailedSignIns;
}

export function createIdentity(deps: Deps): Identity {
  const passwords = createPasswords();
  return {
    ...deps,
    passwords,
    library: signInLibrary({ ...deps, passwords }),
    limits: new SignInLimits(deps.now),
    failures: new FailedSignIns(deps.storage),
  };
}
