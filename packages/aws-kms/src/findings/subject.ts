import { parseKmsArn, parseRoleArn } from '@wardline/contracts';
import { identityOf, PLACEHOLDERS, principalArn } from '../policies/index.ts';
import { dnsSuffixOf } from '../regions.ts';
import type { Subject } from './evidence.ts';

/** For a name such as `role app` that begins a sentence. */
export const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

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

/** The account that the key ARN names. */
export const keyAccount = ({ keyArn }: Subject): string | undefined => parseKmsArn(keyArn)?.account;

/** The account of any ARN that has one. */
export const accountOf = (principal: string): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(principal)?.[1];

/** The value of `--key-id` for commands that take no alias ARN. */
export const keyId = ({ keyArn }: Subject): string => {
  const arn = parseKmsArn(keyArn);
  return arn?.kind === 'key' ? keyArn : PLACEHOLDERS.keyId;
};

/** `role NAME` or `user NAME`, which is how people know it; the ARN where it is neither. */
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

/** `delegate “embedded” (host-1)`, for sentences about where a call came from. */
export const runnerName = ({ runner }: Subject): string =>
  runner.kind === 'delegate' ? `delegate “${runner.name}” (${runner.hostName})` : `the platform (${runner.hostName})`;
