import { PLACEHOLDERS, policyDocument } from './document.ts';
import { principalArn, roleArnOr } from './principals.ts';

interface RolePlace {
  /** Default `aws`. */
  readonly partition?: string | undefined;
  readonly account?: string | undefined;
}

const place = ({ partition = 'aws', account }: RolePlace) => ({ partition, ...(account ? { account } : {}) });

/** P4: what the caller needs in its own IAM policy to assume a role. */
export function assumeRolePolicy({ roleArn, ...rest }: RolePlace & { readonly roleArn?: string | undefined }): string {
  return policyDocument({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArnOr(roleArn, place(rest)) });
}

/**
 * P5: the trust policy of a role that a delegate's host role assumes. The external ID guards against the confused
 * deputy: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function roleTrustPolicy({
  callerArn,
  externalId,
  ...rest
}: RolePlace & { readonly callerArn?: string | undefined; readonly externalId?: string | undefined }): string {
  const { partition = 'aws', account = PLACEHOLDERS.account } = rest;
  const principal = callerArn?.trim()
    ? principalArn(callerArn.trim())
    : `arn:${partition}:iam::${account}:role/${PLACEHOLDERS.callerRole}`;
  return policyDocument({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: 'sts:AssumeRole',
    ...(externalId ? { Condition: { StringEquals: { 'sts:ExternalId': externalId } } } : {}),
  });
}

/** The issuer as IAM names it: without its scheme; everything after it must match exactly. */
export function issuerName(issuer: string | undefined): string {
  return issuer?.trim().replace(/^https?:\/\//, '') || PLACEHOLDERS.issuerHost;
}

/** The claims that a role is to trust; what is not known yet becomes a placeholder. */
export interface OidcTrust extends RolePlace {
  readonly issuer?: string | undefined;
  readonly audience?: string | undefined;
  readonly subject?: string | undefined;
}

/** The ARN of the IAM OIDC provider for an issuer. */
export function oidcProviderArn({ issuer, partition = 'aws', account = PLACEHOLDERS.account }: OidcTrust): string {
  return `arn:${partition}:iam::${account}:oidc-provider/${issuerName(issuer)}`;
}

/** P6: the trust policy of a role that tokens of this server may assume, pinned to audience and subject. */
export function oidcTrustPolicy(trust: OidcTrust): string {
  const name = issuerName(trust.issuer);
  return policyDocument({
    Effect: 'Allow',
    Principal: { Federated: oidcProviderArn(trust) },
    Action: 'sts:AssumeRoleWithWebIdentity',
    Condition: {
      StringEquals: {
        [`${name}:aud`]: trust.audience || PLACEHOLDERS.audience,
        [`${name}:sub`]: trust.subject || PLACEHOLDERS.subject,
      },
    },
  });
}
