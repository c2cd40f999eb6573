export type { EncryptionContext } from './encryption-context.ts';
export { EnvelopeError, type EnvelopeErrorCode } from './envelope-error.ts';
export { MAX_MESSAGE_BYTES, MAX_PLAINTEXT_BYTES } from './limits.ts';
export { KEY_NAMESPACE, MasterKey } from './master-key.ts';
export { open, seal } from './seal.ts';
