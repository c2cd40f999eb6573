import { seeEndpoints, seeProxies, setting } from './fixes.ts';
import { answerOf, ofKind, type Rule } from './rule.ts';

const otherKey = setting('AWS ARN', 'Do not store secrets under this key; enter the ARN of another one.');

/** A data key that does not come back as it was made. */
export const PROOF_RULES: readonly Rule[] = [
  {
    code: 'ciphertext-refused',
    rows: [26],
    find: (evidence) =>
      answerOf(evidence, ['InvalidCiphertextException'])
        ? {
            title: 'KMS cannot decrypt what it has just encrypted',
            explanation:
              'The ciphertext or the encryption context did not arrive as it was sent. Something between here and AWS alters requests.',
            fixes: [seeProxies, otherKey],
          }
        : undefined,
  },
  {
    code: 'plaintext-differs',
    rows: [],
    find: (evidence) =>
      ofKind(evidence, 'proof')?.problem === 'plaintext-differs'
        ? {
            title: 'The decrypted data key is not the one that was encrypted',
            explanation:
              'KMS answered, but with other bytes. This is not AWS KMS, or it is broken: secrets stored under it would be lost.',
            fixes: [otherKey, seeEndpoints],
          }
        : undefined,
  },
  {
    code: 'context-not-bound',
    rows: [26],
    find: (evidence) =>
      ofKind(evidence, 'proof')?.problem === 'context-not-bound'
        ? {
            title: 'The encryption context is not enforced',
            explanation:
              'A data key could be decrypted under a context that it was not made with. AWS KMS never does that, so this is an emulator or a broken proxy: one secret could be passed off as another.',
            fixes: [otherKey, seeEndpoints],
          }
        : undefined,
  },
  {
    code: 'context-refused-by-policy',
    rows: [],
    find: (evidence) =>
      ofKind(evidence, 'proof')?.problem === 'context-refused-by-policy'
        ? {
            title: 'A policy refused the wrong context before KMS could',
            explanation:
              'A policy condition on the encryption context refused the altered context before KMS itself could. There is nothing to do: the connection works.',
            fixes: [],
          }
        : undefined,
  },
];
