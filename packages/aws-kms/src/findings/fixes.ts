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
import { dnsSuffixOf } from '../regions.ts';
import type { Subject } from './evidence.ts';

/** A field of the wizard to change, or the step that tests, to be run again. */
export const setting = (field: string, body: string): Fix => ({
  kind: 'setting',
  title: field === 'Connection Test' ? 'Retest' : `Change “${field}”`,
  body,
  target: field,
});

/** Nothing to change: the same test once more. `why` says what may be different then. */
export const retest = (why: string): Fix => ({
  kind: 'setting',
  title: 'Run the test again',
  body: why,
  target: 'Connection Test',
});

/** Policies are printed as whole documents, but where one exists already only the statement is meant to be taken over. */
export const KEEP = 'add this statement, keep what is there';

/** The beginning of a sentence, where a name such as `role app` comes first. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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
  ...pathOf(subject, principal),
];

/** Sessions are shown without the path of their role, and a policy that names the role without it is refused. */
export function pathOf(subject: Subject, principal: string): Fix[] {
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

/** `role/name` of an ARN, which is how people know it. */
export function shortName(principal: string): string {
  const role = parseRoleArn(principal);
  if (role) return `role ${role.roleName}`;
  const identity = identityOf(principal);
  return identity ? `${identity.kind} ${identity.name}` : principal;
}

/** The address of a service: the configured one, else AWS's own. */
export const urlOf = ({ endpoints, region }: Subject, service: 'kms' | 'sts'): string =>
  endpoints[service] ?? `https://${service}.${region}.${dnsSuffixOf(region)}`;

/** The name of an endpoint service; in China, STS has a prefix and KMS has none. */
export const endpointService = (region: string, service: 'kms' | 'sts'): string =>
  `${service === 'sts' && region.startsWith('cn-') ? 'cn.' : ''}com.amazonaws.${region}.${service}`;

/** “delegate embedded (host-1)”, for sentences about where a call came from. */
export const runnerName = ({ runner }: Subject): string =>
  runner.kind === 'delegate' ? `delegate “${runner.name}” (${runner.hostName})` : `the platform (${runner.hostName})`;
