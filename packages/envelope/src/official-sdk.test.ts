import { randomBytes } from 'node:crypto';
import { AlgorithmSuiteIdentifier } from '@aws-crypto/client-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encryptMessage } from './encrypt-message.ts';
import { encodeContext } from './encryption-context.ts';
import { open, seal } from './seal.ts';
import { contexts, plaintexts } from './test-support/arbitraries.ts';
import { officialDecrypt, officialEncrypt } from './test-support/official-sdk.ts';
import { cuts, openFile, sealFile, splitMessage } from './test-support/streams.ts';
import { dataTestKey, masterTestKey } from './test-support/test-keys.ts';
import { thrownCode } from './test-support/thrown-code.ts';
import { unframedMessage } from './test-support/unframed-message.ts';

const frameLengths = fc.integer({ min: 1, max: 400 });
const mebibyte = randomBytes(1024 * 1024);
const FRAME = 64 * 1024;

describe.each([
  ['the master key', masterTestKey()],
  ['a data key of KMS', dataTestKey()],
])('under %s, the official AWS Encryption SDK opens', (_, testKey) => {
  const { key } = testKey;

  it('whatever is sealed here, and finds the same context', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
        const opened = await officialDecrypt(testKey, seal(key, plaintext, context));
        expect(Buffer.compare(opened.plaintext, plaintext)).toBe(0);
        expect(new Map(Object.entries(opened.encryptionContext))).toEqual(new Map(Object.entries(context)));
      }),
      { numRuns: 200 },
    );
  });

  it('messages of many frames', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, frameLengths, async (plaintext, context, frameLength) => {
        const encryptionContext = encodeContext(context);
        const dataKey = randomBytes(32);
        const encryptedDataKeys = [key.wrapDataKey(dataKey, encryptionContext)];
        const message = encryptMessage({ plaintext, encryptionContext, dataKey, encryptedDataKeys, frameLength });
        expect(Buffer.compare((await officialDecrypt(testKey, message)).plaintext, plaintext)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('a sealed mebibyte', async () => {
    const opened = await officialDecrypt(testKey, seal(key, mebibyte, { purpose: 'size' }));
    expect(mebibyte.equals(opened.plaintext)).toBe(true);
  });

  it.each([0, 1, FRAME - 1, FRAME, FRAME + 1, 3 * FRAME])(
    'a file of %i bytes, header and frames joined',
    async (size) => {
      const plaintext = mebibyte.subarray(0, size);
      const { header, body } = await sealFile(key, plaintext, { purpose: 'size' }, [0.1, 0.7]);
      const opened = await officialDecrypt(testKey, Buffer.concat([header, body]));
      expect(plaintext.equals(opened.plaintext)).toBe(true);
    },
  );
});

describe.each([
  ['the master key', masterTestKey()],
  ['a data key of KMS', dataTestKey()],
])('under %s, what the official AWS Encryption SDK encrypts', (_, testKey) => {
  const { key } = testKey;

  it('opens here, in frames of any length, as a whole and in a stream', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, frameLengths, cuts, async (plaintext, context, frameLength, at) => {
        const message = await officialEncrypt(testKey, plaintext, context, { frameLength });
        expect(Buffer.compare(open(key, message, context), plaintext)).toBe(0);
        expect(Buffer.compare(await openFile(key, splitMessage(message), context, at), plaintext)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it.each([1000, 4096, 1024 * 1024])('opens here at a mebibyte in frames of %i bytes', async (frameLength) => {
    const message = await officialEncrypt(testKey, mebibyte, { purpose: 'size' }, { frameLength });
    expect(mebibyte.equals(open(key, message, { purpose: 'size' }))).toBe(true);
    const streamed = await openFile(key, splitMessage(message), { purpose: 'size' }, [0.1, 0.2, 0.9]);
    expect(mebibyte.equals(streamed)).toBe(true);
  });

  it('is refused in the suite that also signs', async () => {
    const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384;
    const message = await officialEncrypt(testKey, mebibyte.subarray(0, 9), {}, { suiteId });
    expect(thrownCode(() => open(key, message, {}))).toBe('unsupported');
  });
});

// The official SDK for JavaScript reads unframed messages and never writes them; others did by default once.
it('an unframed message opens here as it does in the official SDK', async () => {
  const testKey = masterTestKey();
  await fc.assert(
    fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
      const message = unframedMessage(testKey.key, plaintext, context);
      expect(Buffer.compare((await officialDecrypt(testKey, message)).plaintext, plaintext)).toBe(0);
      expect(Buffer.compare(open(testKey.key, message, context), plaintext)).toBe(0);
    }),
    { numRuns: 50 },
  );
});
