import type { KeyRecord } from '../state/model.ts';
import { authorize } from './authorize.ts';
import { KmsError } from './kms-error.ts';
import type { KmsCall } from './operation.ts';
import { resolveKey } from './resolve-key.ts';

/** What a cryptographic operation wants with a key. */
export interface KeyUse {
  readonly keyId: string;
  /** The API operation, as named in errors. */
  readonly operation: string;
  /** The permission: mostly `kms:<operation>`. */
  readonly action: string;
  readonly algorithm: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
}

function checkUsage(key: KeyRecord, operation: string, algorithm: string): void {
  if (key.usage !== 'ENCRYPT_DECRYPT') {
    const text = `${key.arn} key usage is ${key.usage} which is not valid for ${operation}.`;
    throw new KmsError('InvalidKeyUsageException', text);
  }
  const symmetric = key.spec === 'SYMMETRIC_DEFAULT';
  if (symmetric !== (algorithm === 'SYMMETRIC_DEFAULT')) {
    const text = `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`;
    throw new KmsError('InvalidKeyUsageException', text);
  }
  if (!symmetric) {
    throw new KmsError('UnsupportedOperationException', 'The simulator does not encrypt with asymmetric keys.');
  }
}

/** Source: https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html */
function checkState(key: KeyRecord): void {
  const invalid = (state: string): KmsError => new KmsError('KMSInvalidStateException', `${key.arn} is ${state}.`);
  switch (key.state) {
    case 'Enabled':
      return;
    case 'Disabled':
      throw new KmsError('DisabledException', `${key.arn} is disabled.`);
    case 'PendingDeletion':
      throw invalid('pending deletion');
    case 'PendingImport':
      throw invalid('pending import');
    case 'Unavailable':
      throw invalid('unavailable');
    case 'Creating':
      throw invalid('creating');
  }
}

/** Usage and spec, then state. AWS does not document the order; it stands here and nowhere else. */
export function checkUsable(key: KeyRecord, operation: string, algorithm: string): void {
  checkUsage(key, operation, algorithm);
  checkState(key);
}

/** The key for a cryptographic operation: resolved, allowed, fit for it and enabled, checked in this order. */
export function useKey(call: KmsCall, use: KeyUse): KeyRecord {
  const { key, requestAlias } = resolveKey(call, use.keyId, use.action);
  authorize(call, key, { action: use.action, requestAlias, encryptionContext: use.encryptionContext });
  checkUsable(key, use.operation, use.algorithm);
  return key;
}
