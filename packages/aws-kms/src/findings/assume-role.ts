import { CREDENTIAL_LABELS, type Fix } from '@wardline/contracts';
import { assumeRolePolicy, identityOf, PLACEHOLDERS, roleTrustPolicy } from '../policies/index.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, setting, shell } from './fixes.ts';
import { GUARDRAIL, guardrailFixes, OWNERS, ownerOf, withArticle } from './guardrails.ts';
import { KEEP, rolePathFixes } from './policy-fixes.ts';
import { answerOf, operationOf, type Rule } from './rule.ts';
import { capitalized, configuredRole, principalOf, shortName } from './subject.ts';

const target = (role: string | undefined): { target: string } | Record<never, never> => (role ? { target: role } : {});

const nameOf = (subject: Subject): string => identityOf(configuredRole(subject) ?? '')?.name ?? PLACEHOLDERS.role;

const seeTrustPolicy = (subject: Subject): Fix =>
  command(
    'See the trust policy that the role has now',
    shell`aws iam get-role --region ${subject.region} --role-name ${nameOf(subject)} --query Role.AssumeRolePolicyDocument`,
  );

/** P5, with the external ID exactly as the connector sends it. */
function trustFixes(subject: Subject, caller: string): Fix[] {
  const role = configuredRole(subject);
  const { credential } = subject;
  const externalId = credential.type === 'AssumeSTSRole' ? credential.externalId : undefined;
  return [
    {
      kind: 'trust-policy',
      // Beside a statement that asks for an external ID, one that does not would take its protection away.
      title: `Let the role trust ${shortName(caller)}${externalId ? ' with this external ID' : ', only if it is meant to ask for no external ID'} (${KEEP})`,
      body: roleTrustPolicy({ callerArn: caller, externalId, partition: subject.partition }),
      ...target(role),
    },
    ...rolePathFixes(subject, caller),
    seeTrustPolicy(subject),
  ];
}

const deniedTo = (evidence: Evidence, fragment: RegExp) =>
  operationOf(evidence) === 'AssumeRole'
    ? answerOf(evidence, ['AccessDenied', 'AccessDeniedException'], fragment)
    : undefined;

/** Refusals of sts:AssumeRole. */
export const ASSUME_ROLE_RULES: readonly Rule[] = [
  {
    code: 'assume-role-explicit-deny',
    rows: [23],
    find: (evidence) => {
      const denied = deniedTo(evidence, GUARDRAIL);
      if (!denied) return undefined;
      const { subject } = evidence;
      const owner = ownerOf(denied.message);
      const inTrust = owner === 'resource-based policy';
      return {
        title: 'A policy forbids assuming the role',
        explanation: inTrust
          ? 'A Deny in the trust policy of the role forbids it. No Allow anywhere can outweigh a Deny.'
          : `${capitalized(withArticle(owner))} forbids it. No Allow in another policy can outweigh it. ${OWNERS[owner]}`,
        fixes: inTrust
          ? [seeTrustPolicy(subject)]
          : guardrailFixes(owner, {
              subject,
              principal: principalOf(subject, denied.message),
              action: 'sts:AssumeRole',
              resource: configuredRole(subject) ?? '*',
            }),
      };
    },
  },
  {
    code: 'assume-role-itself',
    rows: [28],
    find: (evidence) => {
      const denied = deniedTo(evidence, /^/);
      const { subject } = evidence;
      const role = configuredRole(subject);
      if (!denied || !role || principalOf(subject, denied.message) !== role) return undefined;
      return {
        title: 'The host already has the role that it should assume',
        explanation: `The calls are made as ${shortName(role)}, which is also the role to assume. A role can assume itself only where its own trust policy names it; there is no need to.`,
        fixes: [
          setting(
            'Credential Type',
            `Choose “${CREDENTIAL_LABELS.AssumeIAMRole}”, which uses the role of the host as it is.`,
          ),
          ...trustFixes(subject, role),
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
          `${capitalized(shortName(caller))} was refused. AWS does not say which of three is the cause: the role does not exist, ` +
          `its trust policy does not name the caller or asks for another external ID, or the caller's own policy lacks sts:AssumeRole. ` +
          'Across accounts both policies are needed.',
        // The fields first: a mistyped value must not find its way into a policy.
        fixes: [
          setting('Role ARN', 'Compare it with the ARN on the page of the role: a misspelt role gets the same answer.'),
          setting(
            'External ID',
            'Enter exactly what the trust policy has under sts:ExternalId; leave it empty if there is none.',
          ),
          ...trustFixes(subject, caller),
          {
            kind: 'iam-policy',
            title: `Allow ${shortName(caller)} to assume the role`,
            body: assumeRolePolicy({ roleArn: role, partition: subject.partition }),
            target: caller,
          },
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
      return {
        title: 'The session duration is above the maximum of the role',
        explanation: `The connector asks for ${asked} seconds; the role allows less.`,
        fixes: [
          setting('Assume Role Duration (seconds)', 'Enter the maximum session duration of the role, or less.'),
          command(
            'Or raise the maximum of the role',
            shell`aws iam update-role --region ${subject.region} --role-name ${nameOf(subject)} --max-session-duration ${Math.max(3600, asked)}`,
          ),
        ],
      };
    },
  },
];
