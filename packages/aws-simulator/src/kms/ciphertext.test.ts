import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { makeKey } from '../state/new-entities.ts';
import { keyArn, kmsClient } from '../test-support/clients.ts';
import { encodeContext, open as openBlob, parseCiphertext, seal as sealBlob } from './ciphertext.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const Plaintext = Buffer.from('the secret');
type Context = Record<string, string> | undefined;
const seal = async (context: Context, KeyId = 'alias/working'): Promise<Uint8Array> => {
  const EncryptionContext = context && { EncryptionContext: context };
  const answer = await kmsClient(simulator).send(new EncryptCommand({ KeyId, Plaintext, ...EncryptionContext }));
  return answer.CiphertextBlob ?? new Uint8Array();
};
const open = (CiphertextBlob: Uint8Array, context: Context, KeyId = 'alias/working') =>
  kmsClient(simulator).send(
    new DecryptCommand({ CiphertextBlob, KeyId, ...(context && { EncryptionContext: context }) }),
  );

describe('a ciphertext is bound to its encryption context', () => {
  it.each<[Context, Context]>([
    [{ a: '1' }, { a1: '' }],
    [{ a: '1' }, { a: '2' }],
    [{ a: '1' }, { A: '1' }],
    [{ a: '1' }, undefined],
    [undefined, { a: '1' }],
    [{ a: '1', b: '2' }, { a: '1' }],
    [
      { a: 'b', c: 'd' },
      { a: 'd', c: 'b' },
    ],
    [{ ab: 'c' }, { a: 'bc' }],
  ])('%o does not open under %o', async (sealed, given) => {
    await expect(open(await seal(sealed), given)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    expect(encodeContext(sealed ?? {})).not.toEqual(encodeContext(given ?? {}));
  });

  it.each<[Context, Context]>([
    [
      { a: '1', b: '2' },
      { b: '2', a: '1' },
    ],
    [{}, undefined],
    [undefined, {}],
  ])('%o opens under %o', async (sealed, given) => {
    const { Plaintext: opened } = await open(await seal(sealed), given);
    expect(Buffer.from(opened ?? [])).toEqual(Plaintext);
  });
});

describe('a ciphertext is authentic', () => {
  it('does not open with any one bit changed in magic, version, material, IV, body or tag', async () => {
    const blob = await seal({ a: '1' });
    const arnBytes = keyArn(simulator, 'working').length;
    const places = [0, 8, 11 + arnBytes, 11 + arnBytes + 32, blob.length - 17, blob.length - 1];
    for (const place of places) {
      const damaged = Buffer.from(blob);
      damaged[place] = (damaged[place] ?? 0) ^ 1;
      await expect(open(damaged, { a: '1' })).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  it('does not open when it is cut short or is not one at all', async () => {
    const blob = await seal(undefined);
    for (const wrong of [blob.slice(0, -1), blob.slice(0, 20), Buffer.from('not a blob')]) {
      await expect(open(wrong, undefined)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  it('does not open under a header that it was not made with', () => {
    const key = makeKey({ region: 'local-1', accountId: '111122223333' }, { name: 'k' }, new Date());
    const parsed = parseCiphertext(sealBlob(key, Plaintext, {}).blob);
    expect(openBlob(key, parsed, {})).toEqual(Plaintext);
    const header = Buffer.concat([parsed.header, Buffer.from([0])]);
    expect(() => openBlob(key, { ...parsed, header }, {})).toThrow(
      expect.objectContaining({ code: 'InvalidCiphertextException' }),
    );
  });

  it('opens after its key was rotated', async () => {
    const before = await seal(undefined, 'alias/multi-region');
    simulator.admin.rotateKey('multi-region');
    const after = await seal(undefined, 'alias/multi-region');
    const [first, second] = [
      await open(before, undefined, 'alias/multi-region'),
      await open(after, undefined, 'alias/multi-region'),
    ];
    expect(first.Plaintext).toEqual(second.Plaintext);
    expect(first.KeyMaterialId).not.toBe(second.KeyMaterialId);
  });
});
