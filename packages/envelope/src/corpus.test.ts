import { expect, it } from 'vitest';
import corpus from './corpus.json' with { type: 'json' };
import { MasterKey } from './master-key.ts';
import { open } from './seal.ts';
import { officialDecrypt } from './test-support/official-sdk.ts';

// Messages that earlier versions wrote. They must open for ever: add to the file, never change what is in it.
const key = MasterKey.fromBase64(Buffer.from(Array.from({ length: 32 }, (_, index) => index)).toString('base64'));

it('the fingerprint of a key never changes, since every message names it', () => {
  expect(key.fingerprint).toBe(corpus.fingerprint);
});

it.each(corpus.messages)('$name still opens, here and in the official SDK', async (entry) => {
  const message = Buffer.from(entry.message, 'base64');
  const context = new Map<string, string>(Object.entries(entry.context));
  const expected = entry.text.repeat(entry.times);
  expect(Buffer.from(open(key, message, Object.fromEntries(context))).toString()).toBe(expected);
  expect(Buffer.from((await officialDecrypt(key, message)).plaintext).toString()).toBe(expected);
});
