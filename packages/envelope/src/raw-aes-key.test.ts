import { createSecretKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeContext } from './encryption-context.ts';
import { RawAesKey } from './raw-aes-key.ts';
import { thrownCode } from './test-support/thrown-code.ts';

const secret = createSecretKey(randomBytes(32));
const key = new RawAesKey('wardline', 'name', secret);
const context = encodeContext({ a: 'b' });
const dataKey = randomBytes(32);
const wrapped = key.wrap(dataKey, context);

describe('a raw AES key', () => {
  it('unwraps what it wrapped, under the same context only', () => {
    expect(key.unwrap([wrapped], context).equals(dataKey)).toBe(true);
    expect(thrownCode(() => key.unwrap([wrapped], encodeContext({ a: 'c' })))).toBe('not-authentic');
    expect(thrownCode(() => key.unwrap([wrapped], encodeContext({})))).toBe('not-authentic');
  });

  it('leaves alone what is under another namespace or another name, even one that begins with its own', () => {
    for (const other of [
      new RawAesKey('another', 'name', secret),
      new RawAesKey('wardline', 'name2', secret),
      new RawAesKey('wardline', 'nam', secret),
    ]) {
      expect(thrownCode(() => key.unwrap([other.wrap(dataKey, context)], context))).toBe('wrong-key');
    }
  });

  it('knows another key of the same name for what it is', () => {
    const impostor = new RawAesKey('wardline', 'name', createSecretKey(randomBytes(32)));
    expect(thrownCode(() => key.unwrap([impostor.wrap(dataKey, context)], context))).toBe('not-authentic');
  });

  it('never wraps twice with the same IV', () => {
    const infos = Array.from({ length: 500 }, () => key.wrap(dataKey, context).providerInfo.toString('hex'));
    expect(new Set(infos).size).toBe(infos.length);
  });
});
