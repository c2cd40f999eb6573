import type { IdentityPolicy } from './document.ts';
import { list, type PolicyPrincipal } from './document.ts';

interface CallerBase {
  /** What GetCallerIdentity and denials show: the user ARN, or the assumed-role session ARN. */
  readonly arn: string;
  readonly accountId: string;
  readonly userId: string;
  readonly identityPolicies: readonly IdentityPolicy[];
  readonly boundary: IdentityPolicy | undefined;
}
/** Who signed a request. */
export type Caller =
  | (CallerBase & { readonly kind: 'user'; readonly userName: string })
  | (CallerBase & {
      readonly kind: 'role-session';
      readonly roleArn: string;
      /** Passed to AssumeRole; intersects with everything else. */
      readonly sessionPolicy: IdentityPolicy | undefined;
    });

/**
 * How a statement's Principal names a caller, strongest first: `exact` (the user or the session itself, past every
 * implicit deny), `role` (the session's role), `account` (the account: its own identity policies decide), `none`.
 */
export type PrincipalMatch = 'exact' | 'role' | 'account' | 'none';

function matchAws(entry: string, caller: Caller): PrincipalMatch {
  if (entry === caller.arn) return 'exact';
  if (entry === '*') return 'role';
  if (caller.kind === 'role-session' && entry === caller.roleArn) return 'role';
  const root = entry === caller.accountId || new RegExp(`^arn:[a-z-]+:iam::${caller.accountId}:root$`).test(entry);
  return root ? 'account' : 'none';
}

const STRENGTH: readonly PrincipalMatch[] = ['exact', 'role', 'account', 'none'];

/** Does a resource or trust policy's Principal name this caller, and how? */
export function matchPrincipal(principal: PolicyPrincipal | undefined, caller: Caller): PrincipalMatch {
  const entries = principal === '*' ? ['*'] : list(principal?.AWS);
  const found = entries.map((entry) => matchAws(entry, caller));
  return STRENGTH.find((strength) => found.includes(strength)) ?? 'none';
}

/** Does a Principal name everyone, with or without AWS credentials? `"*"` and `{"AWS": "*"}` mean the same. */
export const namesEveryone = (principal: PolicyPrincipal | undefined): boolean =>
  principal === '*' || list(principal?.AWS).includes('*');

/** Does a trust policy's Principal name this OIDC provider? */
export function namesProvider(principal: PolicyPrincipal | undefined, providerArn: string): boolean {
  return principal !== undefined && principal !== '*' && list(principal.Federated).includes(providerArn);
}
