import { parseKmsArn } from '@wardline/contracts';
import { PLACEHOLDERS, policyDocument, type Statement } from './document.ts';

/** The KMS actions that storing and reading secrets needs; nothing here calls kms:Encrypt. */
export const KEY_ACTIONS = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'] as const;

/** The use of a key that a policy is to allow. */
export interface KeyUse {
  /** ARN of the key or of an alias; a placeholder stands in its place while it is not known. */
  readonly keyArn?: string | undefined;
  /** Partition for the placeholder ARN; default `aws`. */
  readonly partition?: string | undefined;
  /** The actions to allow; default {@link KEY_ACTIONS}. Name only the missing one where just one failed. */
  readonly actions?: readonly string[] | undefined;
}

type KeyScope = Required<Pick<Statement, 'Resource'>> & Pick<Statement, 'Condition'>;

/**
 * Resource (and condition) that pin a policy to one key. An alias ARN is not a valid Resource for key use, so an
 * alias becomes every key of its account and region that carries it (condition key kms:ResourceAliases,
 * https://docs.aws.amazon.com/kms/latest/developerguide/alias-authorization.html).
 */
function keyScope({ keyArn, partition = 'aws' }: KeyUse): KeyScope {
  const text = keyArn?.trim();
  if (!text) {
    const { region, account, keyId } = PLACEHOLDERS;
    return { Resource: `arn:${partition}:kms:${region}:${account}:key/${keyId}` };
  }
  const arn = parseKmsArn(text);
  if (arn?.kind !== 'alias') return { Resource: text };
  return {
    Resource: `arn:${arn.partition}:kms:${arn.region}:${arn.account}:key/*`,
    Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': `alias/${arn.id}` } },
  };
}

const one = (actions: readonly string[]): string | readonly string[] =>
  actions.length === 1 ? (actions[0] ?? '') : actions;

/** P1: what the identity that uses the key needs in its own IAM policy. */
export function iamKeyPolicy(use: KeyUse): string {
  return policyDocument({ Effect: 'Allow', Action: one(use.actions ?? KEY_ACTIONS), ...keyScope(use) });
}

/** The use of a key by one principal. */
export interface KeyGrant extends KeyUse {
  /** The role or user that may use the key; never a session ARN. */
  readonly principal: string;
}

/** Statements of one policy need names of their own, and single actions may be added one after another. */
const sidOf = (actions: readonly string[]): string =>
  actions === KEY_ACTIONS ? 'AppUse' : `AppUse${actions.map((action) => action.replace(/^.*:/, '')).join('')}`;

/** P2: the statement to add to the key policy so that one role or user may use the key. `*` means this key there. */
export function keyPolicyStatement({ principal, actions = KEY_ACTIONS }: Omit<KeyGrant, 'keyArn'>): string {
  return policyDocument({
    Sid: sidOf(actions),
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: one(actions),
    Resource: '*',
  });
}

/** P3: the statement that lets IAM policies of the key's account decide, as the console's default key policy does. */
export function enableIamStatement({
  account = PLACEHOLDERS.account,
  partition = 'aws',
}: {
  readonly account?: string | undefined;
  readonly partition?: string | undefined;
}): string {
  return policyDocument({
    Sid: 'EnableIAM',
    Effect: 'Allow',
    Principal: { AWS: `arn:${partition}:iam::${account}:root` },
    Action: 'kms:*',
    Resource: '*',
  });
}

/** P7: the statement that a VPC endpoint policy needs to let the calls through; `resource` is a key, alias or role. */
export function endpointPolicy({
  principal,
  resource,
  partition,
  actions = KEY_ACTIONS,
}: Pick<KeyGrant, 'principal' | 'partition' | 'actions'> & { readonly resource?: string | undefined }): string {
  return policyDocument({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: one(actions),
    ...keyScope({ keyArn: resource, partition }),
  });
}
