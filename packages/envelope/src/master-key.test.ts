import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { MasterKey } from './master-key.ts';
import { thrownCode } from './test-support/thrown-code.ts';

const key = MasterKey.generate();
const text = key.exportBase64();
const bytes = Buffer.from(text, 'base64');

describe('a master key', () => {
  it('survives export and import', () => {
    const again = MasterKey.fromBase64(`${text}\n`);
    expect(again.fingerprint).toBe(key.fingerprint);
    expect(again.exportBase64()).toBe(text);
    expect(bytes).toHaveLength(32);
  });

  it('is named by a fingerprint of its own', () => {
    expect(key.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(MasterKey.generate().fingerprint).not.toBe(key.fingerprint);
    expect(bytes.toString('hex')).not.toContain(key.fingerprint);
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
      expect(output).toContain(key.fingerprint);
      for (const form of [text, bytes.toString('hex'), bytes.toString('latin1'), [...bytes].join(',')]) {
        expect(output).not.toContain(form);
      }
    }
  });

  it.each([
    ['nothing', ''],
    ['31 bytes', Buffer.alloc(31).toString('base64')],
    ['33 bytes', Buffer.alloc(33).toString('base64')],
    ['hex', bytes.toString('hex')],
    ['base64 without its padding', text.slice(0, -1)],
    ['URL-safe base64', Buffer.alloc(32, 0xff).toString('base64url')],
    ['other characters between', `${text.slice(0, 20)} ${text.slice(20)}`],
    ['a last digit that encodes nothing', `${Buffer.alloc(32).toString('base64').slice(0, 42)}B=`],
  ])('is not made from %s', (_, malformed) => {
    expect(thrownCode(() => MasterKey.fromBase64(malformed))).toBe('malformed');
  });
});
