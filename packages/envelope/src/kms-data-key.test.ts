import { randomBytes, randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KmsDataKey } from './kms-data-key.ts';
import { MasterKey } from './master-key.ts';
import { open, seal } from './seal.ts';
import { thrownCode } from './test-support/thrown-code.ts';

const context = { account: 'default', secret: 'account.db_password', version: '1' };
const value = Buffer.from('canary-value-of-a-secret');
const id = randomUUID();
const bytes = randomBytes(32);
const key = new KmsDataKey(id, Buffer.from(bytes));

describe('a KMS data key', () => {
  it('opens what was sealed under it, also after it came from KMS again', () => {
    const message = seal(key, value, context);
    const again = new KmsDataKey(id, Buffer.from(bytes));
    expect(Buffer.from(open(key, message, context)).equals(value)).toBe(true);
    expect(Buffer.from(open(again, message, context)).equals(value)).toBe(true);
  });

  it('opens nothing that another key wrapped: the master key, another data key, other bytes under its name', () => {
    for (const other of [MasterKey.generate(), new KmsDataKey(randomUUID(), Buffer.from(bytes))]) {
      expect(thrownCode(() => open(key, seal(other, value, context), context))).toBe('wrong-key');
      expect(thrownCode(() => open(other, seal(key, value, context), context))).toBe('wrong-key');
    }
    const impostor = new KmsDataKey(id, randomBytes(32));
    expect(thrownCode(() => open(key, seal(impostor, value, context), context))).toBe('not-authentic');
  });

  it('does not open what was sealed for another context', () => {
    const message = seal(key, value, context);
    expect(thrownCode(() => open(key, message, { ...context, version: '2' }))).toBe('context-mismatch');
  });

  it('takes the bytes away from who made it', () => {
    const given = randomBytes(32);
    new KmsDataKey(id, given);
    expect(given.equals(Buffer.alloc(32))).toBe(true);
  });

  it.each([0, 16, 31, 33])('is not made from %i bytes, which are wiped all the same', (length) => {
    const given = Buffer.alloc(length, 7);
    expect(thrownCode(() => new KmsDataKey(id, given))).toBe('malformed');
    expect(given.equals(Buffer.alloc(length))).toBe(true);
  });

  it('refuses every use once it is wiped, and says what to do', () => {
    const wiped = new KmsDataKey(id, randomBytes(32));
    const message = seal(wiped, value, context);
    wiped.wipe();
    wiped.wipe();
    expect(thrownCode(() => seal(wiped, value, context))).toBe('key-wiped');
    expect(thrownCode(() => open(wiped, message, context))).toBe('key-wiped');
    expect(() => open(wiped, message, context)).toThrow(/Fetch it again with kms:Decrypt/);
  });

  it('does not leak through JSON, inspection, text, or a copy of its properties', () => {
    const shown = [
      JSON.stringify({ key }),
      inspect({ key }, { depth: 9, showHidden: true, getters: true }),
      inspect(key, { customInspect: false, depth: 9, showHidden: true, getters: true }),
      `${key}`,
      JSON.stringify({ ...key }),
      inspect(structuredClone({ ...key }), { depth: 9 }),
    ];
    for (const output of shown) {
      expect(output).toContain(id);
      for (const form of [
        bytes.toString('base64'),
        bytes.toString('hex'),
        bytes.toString('latin1'),
        [...bytes].join(','),
      ]) {
        expect(output).not.toContain(form);
      }
    }
  });
});
