import type { User } from '@wardline/contracts';

/** A user as the store reads it. */
export interface UserRecord {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly emailVerified: boolean;
  readonly disabled: boolean;
  readonly hasPassword: boolean;
  readonly sso: boolean;
  readonly secondFactor: boolean;
  readonly lastSignInAt: string | null;
  readonly createdAt: string;
  readonly invitationExpiresAt: string | null;
}

/** A user as the API answers it. @param now an invitation that has ended by then is none. */
export function toUser(record: UserRecord, now: Date): User {
  const { emailVerified: _, disabled, invitationExpiresAt, ...user } = record;
  const invited = !record.hasPassword && !record.sso;
  const open = invitationExpiresAt !== null && Date.parse(invitationExpiresAt) > now.getTime();
  return {
    ...user,
    status: disabled ? 'LOCKED' : invited ? 'INVITED' : 'ACTIVE',
    invitationExpiresAt: open ? invitationExpiresAt : null,
  };
}
