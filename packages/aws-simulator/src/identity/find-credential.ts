import type { Caller } from '../policy/principals.ts';
import type { Store } from '../state/store.ts';
import { sessionArn } from './issue-session.ts';
import { openSession } from './session-token.ts';

/** What an access key id, with the token that came with it, stands for. */
export type Credential =
  | { readonly kind: 'valid'; readonly secretAccessKey: string; readonly caller: Caller }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' };

function findUser(store: Store, accessKeyId: string, token: string | undefined): Credential {
  const user = store.userByAccessKey(accessKeyId);
  // A long-lived key never comes with a token; AWS gives the same answer as for a key it does not know.
  if (user?.accessKey.status !== 'Active' || token !== undefined) return { kind: 'unknown' };
  const { arn, accountId, userId, name, policies, boundary } = user;
  const caller: Caller = { kind: 'user', arn, accountId, userId, userName: name, identityPolicies: policies, boundary };
  return { kind: 'valid', secretAccessKey: user.accessKey.secret, caller };
}

/** Looks a caller up, in the order AWS documents: the key, then its session token, then its expiry. */
export function findCredential(store: Store, accessKeyId: string, token: string | undefined, now: Date): Credential {
  if (!accessKeyId.startsWith('ASIA')) return findUser(store, accessKeyId, token);
  const session = token && openSession(token, Buffer.from(store.state.sessionSecret, 'base64'));
  if (!session || session.accessKeyId !== accessKeyId) return { kind: 'unknown' };
  const role = store.role(session.roleArn);
  if (!role) return { kind: 'unknown' };
  if (Date.parse(session.expiresAt) <= now.getTime()) return { kind: 'expired' };
  return {
    kind: 'valid',
    secretAccessKey: session.secretAccessKey,
    caller: {
      kind: 'role-session',
      arn: sessionArn(role, session.sessionName),
      accountId: role.accountId,
      userId: `${role.roleId}:${session.sessionName}`,
      roleArn: role.arn,
      identityPolicies: role.policies,
      boundary: role.boundary,
      sessionPolicy: session.sessionPolicy,
    },
  };
}
