import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { afterAll } from 'vitest';
import type { KeyPair, KeyPairPaths } from '../key-pair.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new certificate for 127.0.0.1 and localhost that no authority signed, with its key. */
export async function makePair(): Promise<KeyPair & { readonly fingerprint: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
        ],
      },
    ],
  });
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
}

/** Paths in a folder of their own, with the pair; the folder goes with the file's tests. */
export function writePair(pair: KeyPair): KeyPairPaths {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-tls-'));
  folders.push(folder);
  const paths = { certPath: join(folder, 'tls.crt'), keyPath: join(folder, 'tls.key') };
  writeFileSync(paths.certPath, pair.cert);
  writeFileSync(paths.keyPath, pair.key, { mode: 0o600 });
  return paths;
}
