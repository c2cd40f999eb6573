import type { KMSClient } from '@aws-sdk/client-kms';
import { type DataKeyTask, parseKmsArn, type TaskEvent } from '@wardline/contracts';
import type { Ambient } from '../ambient.ts';
import { kmsClient } from '../clients/clients.ts';
import { isTemporary } from '../findings/temporary.ts';
import { assumeRole } from './assume-role.ts';
import { obtainCredentials } from './credentials.ts';
import { generateDataKey, openDataKey } from './data-key.ts';
import type { HopEnd } from './hop.ts';
import { Session } from './session.ts';
import { validate } from './validate.ts';

/**
 * Makes or opens one data key: the credentials, the role where there is one, and the one call to KMS. What a test looks
 * at besides (who is calling, the key's state) costs calls and decides nothing.
 */
export async function* runDataKeyTask(
  task: DataKeyTask,
  ambient: Ambient,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent, void, undefined> {
  const session = new Session(pinned(task), ambient, signal);
  try {
    const end = await guarded(session, task);
    if (end.status === 'fail') {
      const { finding } = end;
      yield session.publish({ type: 'finished', status: 'FAILURE', finding, temporary: isTemporary(finding) });
      return;
    }
    yield session.publish(end.value);
    yield { type: 'finished', status: 'SUCCESS' };
  } finally {
    session.end();
  }
}

/** A data key is opened by the key that made it, where that key is, whatever the connector has been told to use since. */
function pinned(task: DataKeyTask): DataKeyTask {
  if (task.kind === 'generate-data-key') return task;
  const region = parseKmsArn(task.keyArn)?.region ?? task.connection.region;
  return { ...task, connection: { ...task.connection, keyArn: task.keyArn, region } };
}

/** An outcome never throws; what does is a defect of Wardline. */
async function guarded(session: Session, task: DataKeyTask): Promise<HopEnd<TaskEvent>> {
  try {
    return await steps(session, task);
  } catch (error) {
    const detail = session.scrub(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    const hop = task.kind === 'generate-data-key' ? 'generate-data-key' : 'decrypt';
    return { status: 'fail', finding: session.explain(hop, { kind: 'defect', detail }) };
  }
}

async function steps(session: Session, task: DataKeyTask): Promise<HopEnd<TaskEvent>> {
  const settings = validate(session);
  if (settings.status === 'fail') return settings;
  const base = await obtainCredentials(session);
  if (base.status === 'fail') return base;
  const credentials = await assumeRole(session, base.value);
  if (credentials.status === 'fail') return credentials;
  const { region } = session.connection;
  const { handler } = session.caller;
  const kms = kmsClient({ region, endpoint: session.endpoints?.kms, handler, credentials: credentials.value });
  return task.kind === 'generate-data-key' ? made(session, kms) : opened(session, kms, task);
}

async function made(session: Session, kms: KMSClient): Promise<HopEnd<TaskEvent>> {
  const end = await generateDataKey(session, kms);
  if (end.status === 'fail') return end;
  const { keyArn, ciphertext, plaintext } = end.value;
  return passed({ type: 'data-key', keyArn, ciphertext: base64(ciphertext), plaintext: base64(plaintext) });
}

async function opened(
  session: Session,
  kms: KMSClient,
  { keyArn, ciphertext }: Extract<DataKeyTask, { kind: 'decrypt-data-key' }>,
): Promise<HopEnd<TaskEvent>> {
  const end = await openDataKey(session, kms, { keyArn, ciphertext: Buffer.from(ciphertext, 'base64') });
  return end.status === 'fail' ? end : passed({ type: 'data-key-plaintext', plaintext: base64(end.value) });
}

const passed = (value: TaskEvent): HopEnd<TaskEvent> => ({ status: 'pass', value });

const base64 = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, byteLength).toString('base64');
