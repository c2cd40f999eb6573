import { missingSelectors } from '@wardline/contracts';
import {
  type Challenge,
  type Hello,
  letIn,
  provesToken,
  type RefusalCode,
  SPOKEN_VERSIONS,
} from '@wardline/delegate-protocol';
import type { MasterKey } from '@wardline/envelope';
import type { Config } from '../../config.ts';
import { type DelegateToken, tokenKey } from '../../delegate-tokens/delegate-token.ts';
import type { Storage } from '../../storage.ts';
import { instanceTags } from '../delegate-instance.ts';
import { EMBEDDED_NAME } from '../embedded-delegate.ts';

/** How often a delegate shows that it is alive, in milliseconds. */
export const HEARTBEAT_MS = 10_000;

export interface AdmissionDeps {
  readonly config: Pick<Config, 'accountId'>;
  readonly storage: Storage;
  readonly masterKey: MasterKey;
  readonly now: () => Date;
}

interface Refusal {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  /** For the delegate's log: what is wrong and what to do. */
  readonly message: string;
}

type Admission =
  | Refusal
  | ({ readonly kind: 'admitted'; readonly token: DelegateToken } & NonNullable<ReturnType<typeof letIn>>);

/** Decides whether the sender of a hello may be a delegate here. */
export async function admit(challenge: Challenge, hello: Hello, deps: AdmissionDeps): Promise<Admission> {
  const { config, storage, masterKey, now } = deps;
  if (!SPOKEN_VERSIONS.includes(hello.version)) {
    return refused(
      'protocol-version',
      `This manager speaks version ${SPOKEN_VERSIONS.join(', ')} of the protocol and the delegate version ${hello.version}. Install the delegate that belongs to this manager.`,
    );
  }
  if (hello.accountId !== config.accountId) {
    return refused('account', `This manager's account is “${config.accountId}”. Set ACCOUNT_ID to that.`);
  }
  const token = await storage.delegateTokens.findByTokenId(hello.tokenId);
  if (!token) return refused('unknown-token', 'This manager has no such token. Copy DELEGATE_TOKEN again, whole.');
  const key = tokenKey(masterKey, token);
  if (!provesToken(challenge, hello, key)) return refused('wrong-proof', 'The proof does not fit the token.');
  if (token.revokedAt !== null)
    return refused('revoked-token', `The token “${token.name}” was revoked. Use another one.`);
  if (token.expiresAt !== null && Date.parse(token.expiresAt) <= now().getTime()) {
    return refused('expired-token', `The token “${token.name}” has expired. Make a new one.`);
  }
  // By all that a selector can match, and compared as selectors are.
  if (missingSelectors([EMBEDDED_NAME], instanceTags(hello.self)).length === 0) {
    return refused(
      'reserved-name',
      `“${EMBEDDED_NAME}” is the delegate inside the manager, whose tests would come here. Change DELEGATE_NAME, DELEGATE_TAGS or the name of the host.`,
    );
  }
  const entered = letIn(challenge, hello, { key, heartbeatMs: HEARTBEAT_MS });
  if (!entered) return refused('bad-frame', 'The public key of the hello is none.');
  return { kind: 'admitted', token, ...entered };
}

function refused(code: RefusalCode, message: string): Refusal {
  return { kind: 'refused', code, message };
}
