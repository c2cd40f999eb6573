import { command, setting } from './fixes.ts';
import { answerOf, ofKind, type Rule } from './rule.ts';

const otherKey = setting('AWS ARN', 'Do not store secrets under this key; enter the ARN of another one.');

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
            fixes: [command('Look for proxies on the way', 'env | grep -i -E "proxy|AWS_ENDPOINT_URL"'), otherKey],
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
              'KMS answered, but with other bytes. What answers is not AWS KMS, or it is broken: secrets stored under it would be lost.',
            fixes: [
              otherKey,
              command('See which endpoints are set', 'env | grep AWS_ENDPOINT_URL; echo "$WARDLINE_AWS_ENDPOINTS"'),
            ],
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
              'A data key could be decrypted under a context that it was not made with. AWS KMS never does that, so what answers is an emulator or a broken proxy: one secret could be passed off as another.',
            fixes: [
              otherKey,
              command('See which endpoints are set', 'env | grep AWS_ENDPOINT_URL; echo "$WARDLINE_AWS_ENDPOINTS"'),
            ],
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
              'A condition on the encryption context forbids the altered one, so that the binding itself was not tried. Nothing needs to be done; the connection works.',
            fixes: [],
          }
        : undefined,
  },
];
