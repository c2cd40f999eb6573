import type { StruckFaults } from '../faults/fault-control.ts';
import { issueSession } from '../identity/issue-session.ts';
import type { RoleRecord } from '../state/model.ts';
import type { Store } from '../state/store.ts';

/** Six hours, as an instance's credentials last. */
const LIFETIME_MS = 6 * 60 * 60 * 1000;

/** A role document's members that instances and containers share. All are strings, or the SDKs refuse them. */
export function hostCredentials(
  store: Store,
  role: RoleRecord,
  host: string,
  faults: StruckFaults,
  now: Date,
): Record<'AccessKeyId' | 'SecretAccessKey' | 'Token' | 'Expiration', string> {
  const lifetime = faults.has('expired-credentials') ? -60_000 : LIFETIME_MS;
  const expiresAt = new Date(now.getTime() + lifetime);
  const credentials = issueSession(store, { role, sessionName: host, expiresAt });
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken,
    Expiration: `${expiresAt.toISOString().slice(0, 19)}Z`,
  };
}
