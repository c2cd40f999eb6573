export type { EncryptionContext } from './encryption-context.ts';
export { EnvelopeError, type EnvelopeErrorCode } from './envelope-error.ts';
export { KMS_DATA_KEY_NAMESPACE, KmsDataKey } from './kms-data-key.ts';
export { MAX_MESSAGE_BYTES, MAX_PLAINTEXT_BYTES } from './limits.ts';
export { KEY_NAMESPACE, MasterKey } from './master-key.ts';
export { open, seal } from './seal.ts';
export type { WrappingKey } from './wrapping-key.ts';
export { wrappingKeyOf } from './wrapping-key-of.ts';
