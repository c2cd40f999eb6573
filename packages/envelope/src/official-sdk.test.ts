import { randomBytes } from 'node:crypto';
import { AlgorithmSuiteIdentifier } from '@aws-crypto/client-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encryptMessage } from './encrypt-message.ts';
import { encodeContext } from './encryption-context.ts';
import { MasterKey } from './master-key.ts';
import { open, seal } from './seal.ts';
import { contexts, plaintexts } from './test-support/arbitraries.ts';
import { officialDecrypt, officialEncrypt } from './test-support/official-sdk.ts';
import { thrownCode } from './test-support/thrown-code.ts';
import { unframedMessage } from './test-support/unframed-message.ts';

const key = MasterKey.generate();
const frameLengths = fc.integer({ min: 1, max: 400 });
const mebibyte = randomBytes(1024 * 1024);

describe('the official AWS Encryption SDK opens', () => {
  it('whatever is sealed here, and finds the same context', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
        const opened = await officialDecrypt(key, seal(key, plaintext, context));
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
        expect(Buffer.compare((await officialDecrypt(key, message)).plaintext, plaintext)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('a sealed mebibyte', async () => {
    const opened = await officialDecrypt(key, seal(key, mebibyte, { purpose: 'size' }));
    expect(mebibyte.equals(opened.plaintext)).toBe(true);
  });
});

describe('what the official AWS Encryption SDK encrypts', () => {
  it('opens here, in frames of any length', async () => {
    await fc.assert(
      fc.asyncProperty(plaintexts, contexts, frameLengths, async (plaintext, context, frameLength) => {
        const message = await officialEncrypt(key, plaintext, context, { frameLength });
        expect(Buffer.compare(open(key, message, context), plaintext)).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('opens here at a mebibyte', async () => {
    const message = await officialEncrypt(key, mebibyte, { purpose: 'size' });
    expect(mebibyte.equals(open(key, message, { purpose: 'size' }))).toBe(true);
  });

  it('is refused in the suite that also signs', async () => {
    const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY_ECDSA_P384;
    const message = await officialEncrypt(key, mebibyte.subarray(0, 9), {}, { suiteId });
    expect(thrownCode(() => open(key, message, {}))).toBe('unsupported');
  });
});

// The official SDK for JavaScript reads unframed messages and never writes them; others did by default once.
it('an unframed message opens here as it does in the official SDK', async () => {
  await fc.assert(
    fc.asyncProperty(plaintexts, contexts, async (plaintext, context) => {
      const message = unframedMessage(key, plaintext, context);
      expect(Buffer.compare((await officialDecrypt(key, message)).plaintext, plaintext)).toBe(0);
      expect(Buffer.compare(open(key, message, context), plaintext)).toBe(0);
    }),
    { numRuns: 50 },
  );
});
