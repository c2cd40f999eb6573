/** What an administrator does to a user. */
export const USER_DEEDS = [
  'invitation',
  'password-reset',
  'remove-second-factor',
  'end-sessions',
  'lock',
  'unlock',
  'delete',
] as const;
export type UserDeed = (typeof USER_DEEDS)[number];

/** Of whom a deed makes sense, by who they are now. */
export function suits(
  deed: UserDeed,
  { status, secondFactor }: { readonly status: 'ACTIVE' | 'INVITED' | 'LOCKED'; readonly secondFactor: boolean },
): boolean {
  switch (deed) {
    case 'invitation':
      return status === 'INVITED';
    case 'password-reset':
    case 'end-sessions':
      return status === 'ACTIVE';
    case 'remove-second-factor':
      return secondFactor;
    case 'lock':
      return status !== 'LOCKED';
    case 'unlock':
      return status === 'LOCKED';
    case 'delete':
      return true;
  }
}
