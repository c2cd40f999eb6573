import type { DelegateTokenDetails } from '@wardline/contracts';
import type { Deps } from '../app.ts';
import { type DelegateToken, openTokenValue } from './delegate-token.ts';

interface Shown {
  /** Whether the caller may see the value. */
  readonly withValue: boolean;
  readonly connectedDelegates: number;
}

/** A token as the API answers it. */
export function delegateTokenDetails(
  { config, masterKey, now }: Pick<Deps, 'config' | 'masterKey' | 'now'>,
  token: DelegateToken,
  { withValue, connectedDelegates }: Shown,
): DelegateTokenDetails {
  const { orgIdentifier, projectIdentifier } = token.place;
  const ended =
    token.revokedAt !== null || (token.expiresAt !== null && Date.parse(token.expiresAt) <= now().getTime());
  return {
    uuid: token.id,
    accountId: config.accountId,
    name: token.name,
    createdBy: { name: token.createdBy },
    // The ID of a service account has no @.
    createdByNgUser: { type: token.createdBy.includes('@') ? 'USER' : 'SERVICE_ACCOUNT', name: token.createdBy },
    createdAt: Date.parse(token.createdAt),
    status: ended ? 'REVOKED' : 'ACTIVE',
    value: withValue && !ended ? openTokenValue(masterKey, token) : null,
    ownerIdentifier: [orgIdentifier, projectIdentifier].filter(Boolean).join('/') || null,
    revokeAfter: token.expiresAt === null ? null : Date.parse(token.expiresAt),
    connectedDelegates,
  };
}
