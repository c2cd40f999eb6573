import { parseArn, parseRoleArn } from '@wardline/contracts';
import { PLACEHOLDERS } from './document.ts';

/**
 * The ARN of the role behind an assumed-role session, as policies name it.
 * STS shows sessions as `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION`, which drops the role's path; `known` lists
 * role ARNs that may be meant, so that the path comes back.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 * @returns undefined when the text is not the ARN of such a session.
 */
export function roleArnOfSession(sessionArn: string, known: readonly string[] = []): string | undefined {
  const arn = parseArn(sessionArn);
  const match = arn?.service === 'sts' ? /^assumed-role\/([^/]+)\/[^/]+$/.exec(arn.resource) : null;
  if (!arn || !match) return undefined;
  const name = match[1] ?? '';
  const full = known.find((candidate) => {
    const role = parseRoleArn(candidate);
    return role?.roleName === name && role.account === arn.account && role.partition === arn.partition;
  });
  return full ?? `arn:${arn.partition}:iam::${arn.account}:role/${name}`;
}

/** The ARN to write as Principal for a caller: a session becomes its role, users and the account root stay. */
export function principalArn(callerArn: string, known: readonly string[] = []): string {
  return roleArnOfSession(callerArn, known) ?? callerArn;
}

/** `role/NAME` or `user/NAME` of a principal, for commands; undefined for the root user and federated users. */
export function identityOf(principal: string): { kind: 'role' | 'user'; name: string } | undefined {
  const match = /:(role|user)\/(?:.*\/)?([^/]+)$/.exec(principal);
  if (!match) return undefined;
  return { kind: match[1] === 'role' ? 'role' : 'user', name: match[2] ?? '' };
}

/** The ARN of a role whose account or name may not be known yet. */
export function roleArnOr(roleArn: string | undefined, fallback: { partition: string; account?: string }): string {
  if (roleArn?.trim()) return roleArn.trim();
  return `arn:${fallback.partition}:iam::${fallback.account ?? PLACEHOLDERS.account}:role/${PLACEHOLDERS.role}`;
}
