import type { Fix } from '@wardline/contracts';
import { identityOf } from '../policies/index.ts';
import type { Subject } from './evidence.ts';
import { command, retest, shell } from './fixes.ts';
import { accountOf } from './subject.ts';

/** The kinds of policy that can forbid what others allow, by the names that AWS uses in its denials. */
const KINDS = [
  'service control policy',
  'resource control policy',
  'permissions boundary',
  'session policy',
  'resource-based policy',
  'identity-based policy',
] as const;
/** The kind of policy that forbids; `policy` where AWS names none that is known here. */
export type Guardrail = (typeof KINDS)[number] | 'policy';

/** A Deny anywhere, or a guardrail that does not allow what it would have to. */
export const GUARDRAIL =
  /explicit deny|no (permissions boundary|service control policy|session policy|resource control policy) allows/i;

/** The kind of policy that a denial names; just `policy` for one that nobody has named here yet. */
export const ownerOf = (message: string): Guardrail => {
  const told = /(?:explicit deny in an?|because no) (.*)/is.exec(message)?.[1]?.toLowerCase() ?? '';
  return KINDS.find((kind) => told.startsWith(kind)) ?? 'policy';
};

/** `a permissions boundary`, `an identity-based policy`. */
export const withArticle = (owner: Guardrail): string => `${owner.startsWith('i') ? 'an' : 'a'} ${owner}`;

/** Who can change it. */
export const OWNERS: Readonly<Record<Guardrail, string>> = {
  'service control policy': 'The administrators of the AWS organization own it.',
  'resource control policy': 'The administrators of the AWS organization own it.',
  'permissions boundary': 'The IAM administrators of the account own it.',
  'session policy': 'Whoever starts the session passes it along.',
  'resource-based policy': 'It is the policy of the resource itself.',
  'identity-based policy': 'It is attached to the identity, or to a group that the user is in.',
  policy: 'AWS does not say which one it is.',
};

interface Forbidden {
  readonly subject: Subject;
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
}

/** How the policy that decides is found. The simulator of IAM sees neither organizations' nor session policies. */
export function guardrailFixes(owner: Guardrail, { subject, principal, action, resource }: Forbidden): Fix[] {
  const { region } = subject;
  const identity = identityOf(principal);
  const simulate = command(
    'See which statement decides',
    shell`aws iam simulate-principal-policy --region ${region} --policy-source-arn ${principal} --action-names ${action} --resource-arns ${resource}`,
    principal,
  );
  switch (owner) {
    case 'service control policy':
      return [organizationPolicies('SERVICE_CONTROL_POLICY', region, accountOf(principal))];
    case 'resource control policy':
      return [organizationPolicies('RESOURCE_CONTROL_POLICY', region, accountOf(resource))];
    case 'permissions boundary':
      if (!identity) return [simulate];
      return [
        command(
          'See which policy is the boundary',
          shell`aws iam get-${identity.kind} --region ${region} --${identity.kind}-name ${identity.name} --query ${`${identity.kind === 'role' ? 'Role' : 'User'}.PermissionsBoundary`}`,
          principal,
        ),
        simulate,
      ];
    case 'session policy':
      return [retest('First start the session without that policy, or with one that allows this.')];
    case 'resource-based policy':
    case 'identity-based policy':
    case 'policy':
      return [simulate];
  }
}

const organizationPolicies = (kind: string, region: string, account: string | undefined): Fix =>
  command(
    "List the organization's policies for the account, as its management account",
    shell`aws organizations list-policies-for-target --region ${region} --filter ${kind} --target-id ${account ?? 'ACCOUNT_ID'}`,
  );
