import fc from 'fast-check';
import type { EncryptionContext } from '../encryption-context.ts';

/** Any Unicode text that has a UTF-8 form, the reserved prefix excepted. */
const text = fc.string({ unit: 'binary', maxLength: 24 }).filter((value) => !value.startsWith('aws-crypto-'));

export const contexts: fc.Arbitrary<EncryptionContext> = fc.dictionary(text, text, { maxKeys: 8 });

export const plaintexts = fc.uint8Array({ maxLength: 300 });
