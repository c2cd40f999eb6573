import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, type KeyPairPaths, readKeyPair, secureContext } from './key-pair.ts';
import { makePair, writePair } from './testing/make-pair.ts';

let pair: KeyPair;
let other: KeyPair;
let paths: KeyPairPaths;
beforeAll(async () => {
  [pair, other] = await Promise.all([makePair(), makePair()]);
  paths = writePair(pair);
});

const use = () => secureContext(readKeyPair(paths), paths);

describe('a certificate and its key', () => {
  it('are used as they are', () => {
    expect(use().context).toBeDefined();
  });

  it.each<[string, () => void, RegExp]>([
    [
      'the key of another certificate',
      () => writeFileSync(paths.keyPath, other.key),
      /tls\.key is not the key of the certificate in .*tls\.crt/,
    ],
    [
      'a certificate that is none',
      () => writeFileSync(paths.certPath, 'hush'),
      /WARDLINE_TLS_CERT: .*tls\.crt holds no certificate/,
    ],
    [
      'a key that is none',
      () => writeFileSync(paths.keyPath, 'hush'),
      /WARDLINE_TLS_KEY: .*tls\.key holds no private key/,
    ],
    [
      'a file that is not there',
      () => {
        paths = { ...paths, keyPath: '/nowhere/tls.key' };
      },
      /WARDLINE_TLS_KEY: ENOENT.*Name a file that can be read/,
    ],
  ])('are refused with the reason, and nothing of what they hold: %s', (_what, spoil, message) => {
    paths = writePair(pair);
    spoil();
    expect(use).toThrow(message);
    expect(use).not.toThrow(/hush|BEGIN/);
  });
});
