import type { Config } from '../config.ts';

/** The audience that AWS expects in a web-identity token. */
export const OIDC_AUDIENCE = 'sts.amazonaws.com';

/** The issuer of this server's tokens, as AWS knows it: no trailing slash. */
export function oidcIssuer({ publicUrl, accountId }: Pick<Config, 'publicUrl' | 'accountId'>): string {
  return `${publicUrl}/ng/api/oidc/account/${accountId}`;
}

/** Where a token belongs; absent org and project mean the account. */
interface SubjectScope {
  readonly accountIdentifier: string;
  readonly orgIdentifier?: string | undefined;
  readonly projectIdentifier?: string | undefined;
}

/**
 * The `sub` claim: the account ID for the account level, and below it
 * `account/<a>:org/<o>:project/<p>` with blanks for absent parts.
 */
export function oidcSubject({ accountIdentifier, orgIdentifier, projectIdentifier }: SubjectScope): string {
  if (!orgIdentifier) return accountIdentifier;
  return `account/${accountIdentifier}:org/${orgIdentifier}:project/${projectIdentifier ?? ''}`;
}
