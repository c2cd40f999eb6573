import { KEY_ACTIONS } from '../policies/index.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, kmsCommand, setting, shell } from './fixes.ts';
import { GUARDRAIL, guardrailFixes, OWNERS, ownerOf, withArticle } from './guardrails.ts';
import { enableIamFix, iamPolicyFixes, keyEndpointFix, keyPolicyFixes, roleEndpointFix } from './policy-fixes.ts';
import { answerOf, type FindingText, type Rule } from './rule.ts';
import { accountOf, capitalized, endpointService, keyAccount, principalOf, shortName } from './subject.ts';

interface Denial {
  readonly subject: Subject;
  readonly message: string;
  /** The action that AWS names, else the one of the operation. */
  readonly action: string;
  readonly principal: string;
  readonly crossAccount: boolean;
}

const DENIED = ['AccessDeniedException', 'AccessDenied'];

function denialOf(evidence: Evidence, fragment: RegExp): Denial | undefined {
  const answer = answerOf(evidence, DENIED, fragment);
  if (!answer) return undefined;
  const { subject } = evidence;
  const principal = principalOf(subject, answer.message);
  const action =
    /perform: ((?:kms|sts):\w+)/.exec(answer.message)?.[1] ??
    `${answer.operation.startsWith('Assume') ? 'sts' : 'kms'}:${answer.operation}`;
  const [caller, owner] = [accountOf(principal), keyAccount(subject)];
  return { subject, message: answer.message, action, principal, crossAccount: !!caller && !!owner && caller !== owner };
}

const rule = (
  code: string,
  rows: readonly number[],
  fragment: RegExp,
  build: (denial: Denial) => FindingText | undefined,
): Rule => ({
  code,
  rows,
  find: (evidence) => {
    const denial = denialOf(evidence, fragment);
    return denial ? build(denial) : undefined;
  },
});

const seeKeyPolicy = (subject: Subject) =>
  command(
    'See the key policy',
    kmsCommand(subject, 'get-key-policy', ' --policy-name default --query Policy --output text'),
    subject.keyArn,
  );

/** First of the denials: it concerns STS as well as KMS, and the other fixes would not help. */
export const ENDPOINT_POLICY_RULE = rule(
  'endpoint-policy',
  [27],
  /VPC endpoint policy/i,
  ({ subject, principal, action }) => {
    const service = action.startsWith('sts:') ? 'sts' : 'kms';
    return {
      title: 'The policy of the VPC endpoint does not let this call through',
      explanation: `The call goes through a VPC endpoint of ${service.toUpperCase()}, and the policy of that endpoint does not let ${shortName(principal)} use ${action} here.`,
      fixes: [
        service === 'kms' ? keyEndpointFix(subject, principal) : roleEndpointFix(subject, principal, action),
        command(
          'Find the endpoint',
          shell`aws ec2 describe-vpc-endpoints --region ${subject.region} --filters Name=service-name,Values=${endpointService(subject.region, service)}`,
        ),
      ],
    };
  },
);

/** Denials by KMS. */
export const ACCESS_RULES: readonly Rule[] = [
  rule('key-policy-deny', [22], /explicit deny in a resource-based policy/i, ({ subject, action, principal }) => ({
    title: 'The key policy forbids this call',
    explanation: `A Deny statement in the key policy covers ${action} for ${shortName(principal)}. No Allow anywhere can outweigh a Deny: it must be removed, or narrowed so that it spares this principal.`,
    fixes: [
      command(
        'Save the key policy, and take the Deny out of the file',
        `${seeKeyPolicy(subject).body} > key-policy.json`,
        subject.keyArn,
      ),
      command(
        'Write the policy back',
        kmsCommand(subject, 'put-key-policy', ' --policy-name default --policy file://key-policy.json'),
        subject.keyArn,
      ),
      setting('AWS ARN', 'Or enter the ARN of a key whose policy does not forbid it.'),
    ],
  })),
  rule('explicit-deny', [23], GUARDRAIL, ({ subject, message, action, principal }) => {
    const owner = ownerOf(message);
    return {
      title: `${capitalized(withArticle(owner))} forbids this call`,
      explanation: `${capitalized(withArticle(owner))} keeps ${shortName(principal)} from ${action}. No Allow in another policy can outweigh it. ${OWNERS[owner]}`,
      fixes: [
        ...guardrailFixes(owner, { subject, principal, action, resource: subject.keyArn }),
        setting('AWS ARN', 'Or use a key and an identity that this policy does not cover.'),
      ],
    };
  }),
  rule('key-other-account', [13], /./s, ({ subject, message, principal, crossAccount, action }) => {
    if (!crossAccount) return undefined;
    const [inIam, inKey] = [iamPolicyFixes(subject, principal), keyPolicyFixes(subject, principal)];
    const hereOnly = /no identity-based policy allows/i.test(message);
    return {
      title: hereOnly
        ? 'The key belongs to another account, and no IAM policy here allows its use'
        : 'The key belongs to another account, which does not allow this identity',
      explanation: `${principal} is in account ${accountOf(principal)}, the key in ${keyAccount(subject)}. Across accounts ${action} must be allowed twice: in the key policy there, and in the IAM policy here.${hereOnly ? ' AWS says that the IAM policy is what is missing.' : ''}`,
      fixes: hereOnly ? [...inIam, ...inKey] : [...inKey, ...inIam],
    };
  }),
  rule('iam-not-allowed', [20], /no identity-based policy allows/i, ({ subject, action, principal }) => ({
    title: `${capitalized(shortName(principal))} may not call ${action}`,
    explanation: `The key policy leaves the decision to IAM, and no IAM policy of ${principal} allows ${action} on this key.`,
    fixes: [
      ...iamPolicyFixes(subject, principal, [action]),
      ...keyPolicyFixes(subject, principal, [action], 'Or allow it in the key policy'),
    ],
  })),
  rule('key-policy-not-allowed', [21], /no resource-based policy allows/i, ({ subject, action, principal }) => ({
    title: `The key policy does not allow ${action} for ${shortName(principal)}`,
    explanation: `Neither the key policy nor an IAM policy that it relies on allows ${action} for ${principal}. The key policy always has the first word on a key.`,
    fixes: [
      ...keyPolicyFixes(subject, principal),
      enableIamFix(subject),
      ...iamPolicyFixes(subject, principal),
      seeKeyPolicy(subject),
    ],
  })),
  rule('decrypt-not-allowed', [24], /ciphertext refers to a/i, ({ subject, principal }) => ({
    title: 'The data key cannot be decrypted again',
    explanation: `KMS made the data key but does not let ${shortName(principal)} decrypt it: kms:Decrypt is missing, or the key is not the one that made it.`,
    fixes: [
      ...iamPolicyFixes(subject, principal, ['kms:Decrypt']),
      ...keyPolicyFixes(subject, principal, ['kms:Decrypt']),
    ],
  })),
  rule('kms-access-denied', [20, 21], /^/, ({ subject, action, principal }) => ({
    title: `AWS refuses ${action} to ${shortName(principal)}`,
    explanation: `AWS does not say which policy decides. Allow ${action} in the IAM policy of the caller; where the key policy does not leave the decision to IAM, allow it there too.`,
    fixes: [
      ...iamPolicyFixes(subject, principal, KEY_ACTIONS),
      ...keyPolicyFixes(subject, principal),
      seeKeyPolicy(subject),
    ],
  })),
];
