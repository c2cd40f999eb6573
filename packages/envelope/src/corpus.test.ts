import { expect, it } from 'vitest';
import corpus from './corpus.json' with { type: 'json' };
import { MasterKey } from './master-key.ts';
import { open } from './seal.ts';
import { officialDecrypt } from './test-support/official-sdk.ts';
import { openFile, splitMessage } from './test-support/streams.ts';
import { dataTestKey, masterTestKey } from './test-support/test-keys.ts';
import { wrappingKeyOf } from './wrapping-key-of.ts';

// Messages that earlier versions wrote. They must open for ever: add to the file, never change what is in it.
const ascending = Buffer.from(Array.from({ length: 32 }, (_, index) => index));
const masterKey = masterTestKey(ascending);
const dataKey = dataTestKey(corpus.dataKey, Buffer.from(ascending).reverse());

const messages = [
  ...corpus.messages.map((entry) => ({ ...entry, under: 'the master key', testKey: masterKey })),
  ...corpus.dataKeyMessages.map((entry) => ({ ...entry, under: 'a data key of KMS', testKey: dataKey })),
];

it('the fingerprint of a key never changes, since every message names it', () => {
  expect(MasterKey.fromBase64(ascending.toString('base64')).fingerprint).toBe(corpus.fingerprint);
});

it.each(messages)('$name under $under still opens, here and in the official SDK', async ({ testKey, ...entry }) => {
  const message = Buffer.from(entry.message, 'base64');
  const context = Object.fromEntries(new Map<string, string>(Object.entries(entry.context)));
  const expected = entry.text.repeat(entry.times);
  expect(Buffer.from(open(testKey.key, message, context)).toString()).toBe(expected);
  expect(Buffer.from((await officialDecrypt(testKey, message)).plaintext).toString()).toBe(expected);
  expect(wrappingKeyOf(message)).toEqual({ namespace: testKey.key.namespace, name: testKey.key.name });
});

// An unframed message is read as a whole only.
it.each(messages.filter(({ name }) => name !== 'an unframed value'))(
  '$name under $under still opens in a stream',
  async ({ testKey, ...entry }) => {
    const context = Object.fromEntries(new Map<string, string>(Object.entries(entry.context)));
    const file = splitMessage(Buffer.from(entry.message, 'base64'));
    expect((await openFile(testKey.key, file, context, [0.2, 0.6])).toString()).toBe(entry.text.repeat(entry.times));
  },
);
