import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';

/** A certificate for `localhost` that nobody trusts who is not told to, and the file to tell with; both end with the test. */
export async function ownAuthority(dates: { readonly notBeforeDate?: Date; readonly notAfterDate?: Date } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-authority-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
    ...dates,
  });
  const ca = join(folder, 'ca.pem');
  writeFileSync(ca, cert);
  return { ca, tls: { key, cert } };
}
