import type { IdentityPolicy } from '../policy/document.ts';
import { newAccessKeyId, newSecretAccessKey } from '../state/identifiers.ts';
import type { RoleRecord } from '../state/model.ts';
import type { Store } from '../state/store.ts';
import { sealSession } from './session-token.ts';

/** Credentials of a session, as STS and hosts give them out. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiresAt: Date;
}

/** The session that credentials are wanted for. */
export interface SessionRequest {
  readonly role: RoleRecord;
  readonly sessionName: string;
  readonly expiresAt: Date;
  readonly sessionPolicy?: IdentityPolicy | undefined;
}

/** New credentials for a session of a role. Whether the caller may have them was decided before. */
export function issueSession(store: Store, request: SessionRequest): TemporaryCredentials {
  const accessKeyId = newAccessKeyId('session');
  const secretAccessKey = newSecretAccessKey();
  const { role, sessionName, expiresAt, sessionPolicy } = request;
  const session = {
    accessKeyId,
    secretAccessKey,
    roleArn: role.arn,
    sessionName,
    expiresAt: expiresAt.toISOString(),
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
  };
  const sessionToken = sealSession(session, Buffer.from(store.state.sessionSecret, 'base64'));
  return { accessKeyId, secretAccessKey, sessionToken, expiresAt };
}

/** `arn:aws:sts::<account>:assumed-role/<role>/<session>`: the role's path is dropped. */
export function sessionArn(role: RoleRecord, sessionName: string): string {
  const partition = role.arn.split(':')[1] ?? 'aws';
  return `arn:${partition}:sts::${role.accountId}:assumed-role/${role.name}/${sessionName}`;
}
