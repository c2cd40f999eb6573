import { randomBytes, randomUUID } from 'node:crypto';
import { KmsDataKey } from '../kms-data-key.ts';
import { MasterKey } from '../master-key.ts';
import type { WrappingKey } from '../wrapping-key.ts';

/** A wrapping key together with its bytes, which the official SDK needs. */
export interface TestKey {
  readonly key: WrappingKey;
  readonly bytes: Buffer;
}

export function masterTestKey(bytes = randomBytes(32)): TestKey {
  return { key: MasterKey.fromBase64(bytes.toString('base64')), bytes };
}

export function dataTestKey(id: string = randomUUID(), bytes = randomBytes(32)): TestKey {
  return { key: new KmsDataKey(id, Buffer.from(bytes)), bytes };
}
