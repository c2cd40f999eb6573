import type { TaskEvent } from '@wardline/contracts';
import { kmsClient } from '../clients/clients.ts';
import { assumeRole } from './assume-role.ts';
import { obtainCredentials } from './credentials.ts';
import { decryptDataKey, generateDataKey, proveContextBinding } from './data-key.ts';
import { describeKey } from './describe-key.ts';
import { identify } from './identity.ts';
import { RotationQuestion } from './rotation.ts';
import type { Session } from './session.ts';
import { Trace } from './trace.ts';
import { validate } from './validate.ts';

type Steps = AsyncGenerator<TaskEvent, void, undefined>;

/** A connection test: its hops, and nothing in them that is kept as a secret. */
export async function* testConnection(session: Session): Steps {
  try {
    for await (const event of traced(session)) yield session.publish(event);
  } finally {
    session.end();
  }
}

/** The eight hops in order, and what follows a failed one. */
async function* traced(session: Session): Steps {
  const rotation = new RotationQuestion();
  const trace = new Trace(session, () => rotation.take());
  yield* hops(session, trace, rotation);
  yield* trace.rest();
}

async function* hops(session: Session, trace: Trace, rotation: RotationQuestion): Steps {
  if (!(yield* trace.hop('validate', () => validate(session)))) return;
  const base = yield* trace.hop('credentials', () => obtainCredentials(session));
  if (!base) return;
  if (!(yield* trace.hop('identity', () => identify(session, base)))) return;
  const credentials = yield* trace.hop('assume-role', () => assumeRole(session, base));
  if (!credentials) return;

  const { region } = session.connection;
  const kms = kmsClient({ region, endpoint: session.endpoints?.kms, handler: session.caller.handler, credentials });
  if (!(yield* trace.hop('describe-key', () => describeKey(session, kms, rotation)))) return;
  const dataKey = yield* trace.hop('generate-data-key', () => generateDataKey(session, kms));
  if (!dataKey) return;
  if (!(yield* trace.hop('decrypt', () => decryptDataKey(session, kms, dataKey)))) return;
  yield* trace.hop('context-binding', () => proveContextBinding(session, kms, dataKey));
}
