import { randomBytes, randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { encryptMessage } from './encrypt-message.ts';
import { encodeContext } from './encryption-context.ts';
import { KmsDataKey } from './kms-data-key.ts';
import { MasterKey } from './master-key.ts';
import { headerLength } from './message-header.ts';
import { seal } from './seal.ts';
import { thrownCode } from './test-support/thrown-code.ts';
import { wrappingKeyOf } from './wrapping-key-of.ts';

const context = { purpose: 'test' };
const masterKey = MasterKey.generate();

it.each([
  ['the master key', masterKey],
  ['a data key', new KmsDataKey(randomUUID(), randomBytes(32))],
  ['a key whose name is not ASCII', new KmsDataKey('schlüssel', randomBytes(32))],
])('a message says that %s wrapped it', (_, key) => {
  const found = wrappingKeyOf(seal(key, Buffer.from('value'), context));
  expect(found).toEqual({ namespace: key.namespace, name: key.name });
});

it('the header is enough', () => {
  const message = seal(masterKey, Buffer.from('value'), context);
  const encryptionContext = encodeContext(context);
  const wrapped = masterKey.wrapDataKey(randomBytes(32), encryptionContext);
  const header = message.subarray(0, headerLength(encryptionContext, [wrapped]) + 16);
  expect(wrappingKeyOf(header)).toEqual({ namespace: 'wardline', name: masterKey.fingerprint });
  expect(thrownCode(() => wrappingKeyOf(header.subarray(0, -1)))).toBe('malformed');
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['only what follows a name', Buffer.concat([Buffer.from([0, 0, 0, 128, 0, 0, 0, 12]), Buffer.alloc(12)])],
  ['an ARN', Buffer.from('arn:aws:kms:eu-west-1:111122223333:key/6a09e667-f3bc-4c86-a79d-0b2c3d4e5f60')],
])('provider information with %s is no raw AES key', (_, providerInfo) => {
  const message = encryptMessage({
    plaintext: Buffer.from('value'),
    encryptionContext: encodeContext(context),
    dataKey: randomBytes(32),
    encryptedDataKeys: [{ providerId: 'aws-kms', providerInfo, ciphertext: randomBytes(48) }],
  });
  expect(thrownCode(() => wrappingKeyOf(message))).toBe('unsupported');
});
