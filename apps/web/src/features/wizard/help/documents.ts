import {
  assumeRolePolicy,
  enableIamStatement,
  iamKeyPolicy,
  keyPolicyStatement,
  oidcProviderArn,
  oidcTrustPolicy,
  PLACEHOLDERS,
  roleTrustPolicy,
} from '@wardline/aws-kms/policies';
import { parseKmsArn, parseRoleArn, type Settings } from '@wardline/contracts';
import type { Draft } from '../draft/draft.ts';

/** One AWS document to create, with what was typed so far filled in. */
export interface HelpDocument {
  readonly title: string;
  /** Where it goes, in words. */
  readonly where: string;
  readonly body: string;
}

interface Names {
  readonly keyArn: string | undefined;
  readonly partition: string;
  readonly keyAccount: string | undefined;
  readonly roleArn: string | undefined;
  readonly roleAccount: string | undefined;
}

function namesOf(draft: Draft): Names {
  const keyText = draft.keyArnSource === 'plain' ? draft.kmsArnInPlainText.trim() : '';
  const roleText = (draft.credentialType === 'OidcAuthentication' ? draft.iamRoleArn : draft.roleArn).trim();
  const key = parseKmsArn(keyText);
  const role = parseRoleArn(roleText);
  return {
    keyArn: key && keyText,
    partition: key?.partition ?? role?.partition ?? 'aws',
    keyAccount: key?.account,
    roleArn: role && roleText,
    roleAccount: role?.account,
  };
}

function allowKeyUse({ keyArn, partition }: Names, who: string): HelpDocument {
  return { title: 'IAM policy: use the key', where: `Attach to ${who}.`, body: iamKeyPolicy({ keyArn, partition }) };
}

function letIamDecide({ keyAccount: account, partition }: Names): HelpDocument {
  return {
    title: 'Key policy: let IAM decide',
    where: 'In the key policy, as the AWS console’s default key policy has it. Without it IAM policies have no say.',
    body: enableIamStatement({ account, partition }),
  };
}

function keyPolicyFor({ roleArn, roleAccount, partition }: Names): HelpDocument {
  const fallback = `arn:${partition}:iam::${roleAccount ?? PLACEHOLDERS.account}:role/${PLACEHOLDERS.role}`;
  return {
    title: 'Key policy: name the role',
    where: 'In the key policy. Needed where the role is in another account than the key.',
    body: keyPolicyStatement({ principal: roleArn ?? fallback }),
  };
}

function stsDocuments(names: Names, externalId: string): HelpDocument[] {
  const { roleArn, roleAccount: account, partition } = names;
  return [
    {
      title: 'Trust policy of the role',
      where: `On the role that is assumed. Put the delegate’s role in place of ${PLACEHOLDERS.callerRole}.`,
      body: roleTrustPolicy({ account, partition, externalId: externalId || undefined }),
    },
    {
      title: 'IAM policy: assume the role',
      where: 'Attach to the delegate’s own role.',
      body: assumeRolePolicy({ roleArn, account, partition }),
    },
    allowKeyUse(names, 'the role that is assumed'),
    keyPolicyFor(names),
  ];
}

function oidcDocuments(names: Names, oidc: Settings['oidc'] | undefined): HelpDocument[] {
  const trust = { ...oidc, partition: names.partition, account: names.roleAccount };
  return [
    {
      title: 'Trust policy of the role',
      where: `On the role, once the OIDC provider ${oidcProviderArn(trust)} exists in its account.`,
      body: oidcTrustPolicy(trust),
    },
    allowKeyUse(names, 'the role'),
    keyPolicyFor(names),
  ];
}

/** The AWS documents that the draft's credential type needs, in the order in which one creates them. */
export function documentsFor(draft: Draft, oidc: Settings['oidc'] | undefined): HelpDocument[] {
  const names = namesOf(draft);
  switch (draft.credentialType) {
    case 'ManualConfig':
      return [allowKeyUse(names, 'the IAM user whose access key this is'), letIamDecide(names)];
    case 'AssumeIAMRole':
      return [allowKeyUse(names, 'the role of the delegate’s instance or task'), letIamDecide(names)];
    case 'AssumeSTSRole':
      return stsDocuments(names, draft.externalName);
    case 'OidcAuthentication':
      return oidcDocuments(names, oidc);
  }
}
