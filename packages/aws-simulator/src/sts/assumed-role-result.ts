import { issueSession, sessionArn } from '../identity/issue-session.ts';
import type { RoleRecord } from '../state/model.ts';
import type { AssumeRoleInput } from './assume-role-input.ts';
import type { StsCall } from './operation.ts';
import type { XmlContent } from './xml.ts';

/** The members that both AssumeRole operations answer with, and the credentials made for them. */
export function assumedRoleResult(call: StsCall, role: RoleRecord, input: AssumeRoleInput): Record<string, XmlContent> {
  const { sessionName, duration, sessionPolicy } = input;
  const expiresAt = new Date(call.now.getTime() + duration * 1000);
  const credentials = issueSession(call.store, { role, sessionName, expiresAt, sessionPolicy });
  return {
    Credentials: {
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: expiresAt.toISOString(),
    },
    AssumedRoleUser: {
      AssumedRoleId: `${role.roleId}:${sessionName}`,
      Arn: sessionArn(role, sessionName),
    },
  };
}
