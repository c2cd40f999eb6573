import type { Fix } from '@wardline/contracts';
import { assumeRolePolicy, identityOf, roleTrustPolicy } from '../policies/index.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, configuredRole, principalOf, setting, shell, shortName } from './fixes.ts';
import { answerOf, operationOf, type Rule } from './rule.ts';

const target = (role: string | undefined): { target: string } | Record<never, never> => (role ? { target: role } : {});

/** P5: replaces the trust policy of the role, so the external ID stands in it exactly as the connector sends it. */
function trustFixes(subject: Subject, caller: string): Fix[] {
  const role = configuredRole(subject);
  const { credential } = subject;
  const externalId = credential.type === 'AssumeSTSRole' ? credential.externalId : undefined;
  const name = role ? (identityOf(role)?.name ?? 'ROLE_NAME') : 'ROLE_NAME';
  return [
    {
      kind: 'trust-policy',
      title: `Let the role trust ${shortName(caller)}${externalId ? ' with this external ID' : ''}`,
      body: roleTrustPolicy({ callerArn: caller, externalId, partition: subject.partition }),
      ...target(role),
    },
    command(
      'See the trust policy that the role has now',
      shell`aws iam get-role --region ${subject.region} --role-name ${name} --query Role.AssumeRolePolicyDocument`,
    ),
  ];
}

const deniedTo = (evidence: Evidence, fragment: RegExp) =>
  operationOf(evidence) === 'AssumeRole'
    ? answerOf(evidence, ['AccessDenied', 'AccessDeniedException'], fragment)
    : undefined;

export const ASSUME_ROLE_RULES: readonly Rule[] = [
  {
    code: 'assume-role-explicit-deny',
    rows: [23],
    find: (evidence) => {
      const denied = deniedTo(evidence, /explicit deny/i);
      if (!denied) return undefined;
      const owner = /explicit deny in an? (.+?)\.?$/i.exec(denied.message)?.[1] ?? 'policy';
      return {
        title: 'A policy forbids assuming the role',
        explanation: `An explicit deny in a ${owner} forbids it. No Allow anywhere can outweigh a Deny.`,
        fixes: [
          command(
            'See which statement decides',
            shell`aws iam simulate-principal-policy --region ${evidence.subject.region} --policy-source-arn ${principalOf(evidence.subject, denied.message)} --action-names sts:AssumeRole --resource-arns ${configuredRole(evidence.subject) ?? '*'}`,
          ),
        ],
      };
    },
  },
  {
    code: 'assume-role-denied',
    rows: [28, 29],
    find: (evidence) => {
      const denied = deniedTo(evidence, /^/);
      if (!denied) return undefined;
      const { subject } = evidence;
      const caller = principalOf(subject, denied.message);
      const role = configuredRole(subject);
      return {
        title: 'The role cannot be assumed',
        explanation:
          `${shortName(caller)} was refused. AWS does not say which of three is the cause: the role does not exist, ` +
          `its trust policy does not name the caller or asks for another external ID, or the caller's own policy lacks sts:AssumeRole. ` +
          'Across accounts both policies are needed.',
        fixes: [
          ...trustFixes(subject, caller),
          {
            kind: 'iam-policy',
            title: `Allow ${shortName(caller)} to assume the role`,
            body: assumeRolePolicy({ roleArn: role, partition: subject.partition }),
            target: caller,
          },
          setting(
            'External ID',
            'Enter exactly what the trust policy has under sts:ExternalId; leave it empty if there is none.',
          ),
        ],
      };
    },
  },
  {
    code: 'duration-above-role-maximum',
    rows: [33],
    find: (evidence) => {
      if (!answerOf(evidence, ['ValidationError'], /MaxSessionDuration/)) return undefined;
      const { subject } = evidence;
      const { credential } = subject;
      const asked = credential.type === 'AssumeSTSRole' ? credential.durationSeconds : 3600;
      const name = identityOf(configuredRole(subject) ?? '')?.name ?? 'ROLE_NAME';
      return {
        title: 'The session duration is above the maximum of the role',
        explanation: `${asked} seconds were asked for; the role allows less.`,
        fixes: [
          setting('Assume Role Duration (seconds)', 'Enter the maximum session duration of the role, or less.'),
          command(
            'Or raise the maximum of the role',
            shell`aws iam update-role --region ${subject.region} --role-name ${name} --max-session-duration ${Math.max(3600, asked)}`,
          ),
        ],
      };
    },
  },
];
