import type { Fix } from '@wardline/contracts';
import {
  enableIamStatement,
  endpointPolicy,
  iamKeyPolicy,
  identityOf,
  KEY_ACTIONS,
  keyPolicyStatement,
} from '../policies/index.ts';
import type { Subject } from './evidence.ts';
import { command, shell } from './fixes.ts';
import { configuredRole, keyAccount, shortName } from './subject.ts';

/** Policies are printed as whole documents, but where one exists already only the statement is meant to be taken over. */
export const KEEP = 'add this statement, keep what is there';

/** A policy on one line, for a command. */
const inline = (document: string): string => JSON.stringify(JSON.parse(document));

/** One name per set of actions, because a policy that is put under a name replaces what was there. */
const policyName = (actions: readonly string[]): string =>
  actions === KEY_ACTIONS ? 'wardline-kms' : `wardline-${actions.join('-').replaceAll(':', '-').toLowerCase()}`;

/** P1, and the command that attaches it. */
export function iamPolicyFixes(subject: Subject, principal: string, actions: readonly string[] = KEY_ACTIONS): Fix[] {
  const identity = identityOf(principal);
  const body = iamKeyPolicy({ keyArn: subject.keyArn, actions });
  const attach = identity
    ? [
        command(
          `The same as a command, for the ${identity.kind} ${identity.name}`,
          shell`aws iam put-${identity.kind}-policy --region ${subject.region} --${identity.kind}-name ${identity.name} --policy-name ${policyName(actions)} --policy-document ${inline(body)}`,
          principal,
        ),
      ]
    : [];
  return [
    {
      kind: 'iam-policy',
      title: `Allow it in the IAM policy of ${shortName(principal)}`,
      body,
      target: principal,
    },
    ...attach,
  ];
}

/** P2 for one principal. */
export const keyPolicyFixes = (
  subject: Subject,
  principal: string,
  actions: readonly string[] = KEY_ACTIONS,
  title = 'Allow it in the key policy',
): Fix[] => [
  {
    kind: 'key-policy',
    title: `${title} (${KEEP})`,
    body: keyPolicyStatement({ principal, actions }),
    target: subject.keyArn,
  },
  ...rolePathFixes(subject, principal),
];

/** Sessions are shown without the path of their role, and a policy that names the role without it is refused. */
export function rolePathFixes(subject: Subject, principal: string): Fix[] {
  const name = /:role\/([^/]+)$/.exec(principal)?.[1];
  if (!name || principal === configuredRole(subject)) return [];
  return [
    command(
      `See the full ARN of the role ${name}: if it has a path, write it into the policy`,
      shell`aws iam get-role --region ${subject.region} --role-name ${name} --query Role.Arn --output text`,
      principal,
    ),
  ];
}

/** P3: the alternative to P2 within one account. */
export const enableIamFix = (subject: Subject): Fix => ({
  kind: 'key-policy',
  title: `Or let the IAM policies of the key's account decide (${KEEP})`,
  body: enableIamStatement({ account: keyAccount(subject), partition: subject.partition }),
  target: subject.keyArn,
});

/** P7 for the VPC endpoint of KMS. */
export const keyEndpointFix = (subject: Subject, principal: string): Fix => ({
  kind: 'endpoint-policy',
  title: `Let the VPC endpoint of KMS pass these calls (${KEEP})`,
  body: endpointPolicy({ resource: subject.keyArn, principal }),
  ...(subject.endpoints.kms ? { target: subject.endpoints.kms } : {}),
});

/**
 * P7 for the VPC endpoint of STS. GetCallerIdentity has no resource, and a call with a token has no AWS principal yet.
 */
export const roleEndpointFix = (subject: Subject, principal: string, action: string): Fix => ({
  kind: 'endpoint-policy',
  title: `Let the VPC endpoint of STS pass this call (${KEEP})`,
  body: endpointPolicy({
    resource: action === 'sts:GetCallerIdentity' ? '*' : (subject.mounted?.roleArn ?? configuredRole(subject) ?? '*'),
    principal: action === 'sts:AssumeRoleWithWebIdentity' ? '*' : principal,
    actions: [action],
  }),
  ...(subject.endpoints.sts ? { target: subject.endpoints.sts } : {}),
});
