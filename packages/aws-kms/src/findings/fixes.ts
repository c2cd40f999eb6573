import { type Fix, parseKmsArn, parseRoleArn } from '@wardline/contracts';
import {
  enableIamStatement,
  endpointPolicy,
  iamKeyPolicy,
  identityOf,
  KEY_ACTIONS,
  keyPolicyStatement,
  PLACEHOLDERS,
  principalArn,
} from '../policies/index.ts';
import type { Subject } from './evidence.ts';

/** A field of the wizard to change. */
export const setting = (field: string, body: string): Fix => ({
  kind: 'setting',
  title: `Change “${field}”`,
  body,
  target: field,
});

export const command = (title: string, body: string, target?: string): Fix => ({
  kind: 'command',
  title,
  body,
  ...(target ? { target } : {}),
});

const SAFE_IN_A_SHELL = /^[\w@%+=:,./-]*$/;

/**
 * A command line in which every value that is filled in stands as one quoted word: names come from settings and from
 * messages of servers, and people paste these lines into a shell.
 */
export function shell(parts: TemplateStringsArray, ...values: ReadonlyArray<string | number>): string {
  const words = values
    .map(String)
    .map((word) => (SAFE_IN_A_SHELL.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`));
  return parts.map((part, index) => part + (words[index] ?? '')).join('');
}

/** The ARN of the role that the connector names, if it names one. */
export const configuredRole = ({ credential }: Subject): string | undefined =>
  'roleArn' in credential ? credential.roleArn : undefined;

/**
 * The role or user to write into policies: whom AWS named in its message, else who was seen calling. A session ARN
 * becomes its role's ARN, with the path where the connector's own role is meant.
 */
export function principalOf(subject: Subject, message = ''): string {
  const named = /User: (arn:\S+)/.exec(message)?.[1] ?? subject.callerArn;
  const role = configuredRole(subject);
  if (named) return principalArn(named, role ? [role] : []);
  return `arn:${subject.partition}:iam::${PLACEHOLDERS.account}:role/${PLACEHOLDERS.role}`;
}

export const keyAccount = ({ keyArn }: Subject): string | undefined => parseKmsArn(keyArn)?.account;
export const accountOf = (principal: string): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1];

/** `--key-id` for commands that take no alias ARN. */
export const keyId = ({ keyArn }: Subject): string => {
  const arn = parseKmsArn(keyArn);
  return arn?.kind === 'key' ? keyArn : PLACEHOLDERS.keyId;
};

/** One AWS CLI command on the key, with its region. */
export const kmsCommand = (subject: Subject, operation: string, rest = ''): string =>
  shell`aws kms ${operation} --region ${subject.region} --key-id ${keyId(subject)}` + rest;

/** One name per set of actions, because a policy that is put under a name replaces what was there. */
const policyName = (actions: readonly string[]): string =>
  actions === KEY_ACTIONS ? 'wardline-kms' : `wardline-${actions.join('-').replaceAll(':', '-').toLowerCase()}`;

/** P1, and the command that attaches it. */
export function iamPolicyFixes(subject: Subject, principal: string, actions: readonly string[] = KEY_ACTIONS): Fix[] {
  const identity = identityOf(principal);
  const attach = identity
    ? [
        command(
          `Attach it to the ${identity.kind} ${identity.name}`,
          shell`aws iam put-${identity.kind}-policy --region ${subject.region} --${identity.kind}-name ${identity.name} --policy-name ${policyName(actions)} --policy-document file://policy.json`,
          principal,
        ),
      ]
    : [];
  return [
    {
      kind: 'iam-policy',
      title: `Allow it in the IAM policy of ${shortName(principal)}`,
      body: iamKeyPolicy({ keyArn: subject.keyArn, actions }),
      target: principal,
    },
    ...attach,
  ];
}

/** P2 for one principal. */
export const keyPolicyFix = (subject: Subject, principal: string, actions: readonly string[] = KEY_ACTIONS): Fix => ({
  kind: 'key-policy',
  title: `Add this statement to the key policy, keeping what is there: ${shortName(principal)} may use the key`,
  body: keyPolicyStatement({ principal, actions }),
  target: subject.keyArn,
});

/** P3: the alternative to P2 within one account. */
export const enableIamFix = (subject: Subject): Fix => ({
  kind: 'key-policy',
  title: 'Or add this statement to the key policy, so that the IAM policies of its account decide',
  body: enableIamStatement({ account: keyAccount(subject), partition: subject.partition }),
  target: subject.keyArn,
});

/** P7 for the VPC endpoint of KMS. */
export const keyEndpointFix = (subject: Subject, principal: string): Fix => ({
  kind: 'endpoint-policy',
  title: 'Let the VPC endpoint of KMS pass these calls',
  body: endpointPolicy({ resource: subject.keyArn, principal }),
  ...(subject.endpoints.kms ? { target: subject.endpoints.kms } : {}),
});

/** P7 for the VPC endpoint of STS. */
export const roleEndpointFix = (subject: Subject, principal: string, action: string): Fix => ({
  kind: 'endpoint-policy',
  title: 'Let the VPC endpoint of STS pass this call',
  body: endpointPolicy({ resource: configuredRole(subject) ?? '*', principal, actions: [action] }),
  ...(subject.endpoints.sts ? { target: subject.endpoints.sts } : {}),
});

/** `role/name` of an ARN, which is how people know it. */
export function shortName(principal: string): string {
  const role = parseRoleArn(principal);
  if (role) return `role ${role.roleName}`;
  const identity = identityOf(principal);
  return identity ? `${identity.kind} ${identity.name}` : principal;
}

/** “delegate embedded (host-1)”, for sentences about where a call came from. */
export const runnerName = ({ runner }: Subject): string =>
  runner.kind === 'delegate' ? `delegate “${runner.name}” (${runner.hostName})` : `the platform (${runner.hostName})`;
