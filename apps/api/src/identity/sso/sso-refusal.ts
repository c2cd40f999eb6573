import type { SsoProblem } from '@wardline/contracts';

/** Why single sign-on ended: what the visitor reads, and for the log what exactly was wrong; never a token or a code. */
export class SsoRefusal extends Error {
  override readonly name = 'SsoRefusal';

  constructor(
    readonly problem: SsoProblem,
    reason: string,
    /** Whose address the provider told, where it did. */
    readonly email?: string,
  ) {
    super(reason);
  }
}
