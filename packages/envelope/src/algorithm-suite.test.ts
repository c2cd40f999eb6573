import { hkdfSync } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deriveMessageKeys } from './algorithm-suite.ts';

it('message keys are what HKDF-SHA-512 of the platform derives', () => {
  const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
  const info = Buffer.concat([Buffer.from([0x04, 0x78]), Buffer.from('DERIVEKEY')]);
  fc.assert(
    fc.property(bytes, bytes, (dataKey, messageId) => {
      const { encryptionKey, commitment } = deriveMessageKeys(dataKey, messageId);
      expect(encryptionKey.equals(new Uint8Array(hkdfSync('sha512', dataKey, messageId, info, 32)))).toBe(true);
      expect(commitment.equals(new Uint8Array(hkdfSync('sha512', dataKey, messageId, 'COMMITKEY', 32)))).toBe(true);
    }),
  );
});
