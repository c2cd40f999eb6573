import { CREDENTIAL_LABELS, CREDENTIAL_TYPES, type CredentialType } from '@wardline/contracts';

/** When to choose which credential type, in one line each. */
const WHEN = {
  ManualConfig: 'You have an IAM user’s access key. Works from anywhere; the key must be rotated by hand.',
  AssumeIAMRole: 'The delegate runs in AWS, and its instance or task role may use the key. Nothing to store.',
  AssumeSTSRole: 'The delegate’s role first assumes another role, for example one in the key’s account.',
  OidcAuthentication: 'AWS trusts tokens that Wardline signs. No long-lived keys, and no delegate in AWS needed.',
} as const satisfies Record<CredentialType, string>;

/** The credential types in the order in which they are offered. */
export const CREDENTIAL_CHOICES = CREDENTIAL_TYPES.map((type) => ({
  value: type,
  label: CREDENTIAL_LABELS[type],
  description: WHEN[type],
}));
