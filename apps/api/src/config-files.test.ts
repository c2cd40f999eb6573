import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardline-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(content: string): string {
  const path = join(folder, `given-${content.length}`);
  writeFileSync(path, content);
  return path;
}

const email = 'ada@example.com';

describe('variables given as files', () => {
  it('are read without the newline at their end', () => {
    const { bootstrap, databaseUrl } = loadConfig({
      WARDLINE_BOOTSTRAP_ADMIN_EMAIL_FILE: file(`${email}\n`),
      WARDLINE_BOOTSTRAP_ADMIN_PASSWORD_FILE: file('a long enough passphrase \n'),
      WARDLINE_BOOTSTRAP_API_KEY_FILE: file('sat.default.one.0123456789abcdefghij\n'),
      DATABASE_URL_FILE: file('postgres://wardline:hush@db.example.com/wardline\r\n'),
    });
    expect(databaseUrl).toBe('postgres://wardline:hush@db.example.com/wardline');
    expect(bootstrap).toEqual({
      apiKey: 'sat.default.one.0123456789abcdefghij',
      administrator: { email, password: 'a long enough passphrase ' },
    });
  });

  it.each([
    ['a file that is not there', join(folder, 'missing'), /_FILE: names .*missing, which cannot be read \(ENOENT\)/],
    ['an empty file', file('\n'), /_FILE: names .*, which is empty/],
  ])('are refused where they name %s', (_what, path, message) => {
    expect(() => loadConfig({ WARDLINE_BOOTSTRAP_API_KEY_FILE: path })).toThrow(message);
  });

  it('are refused beside the variable itself, since nobody knows which one counts', () => {
    const load = () =>
      loadConfig({ WARDLINE_BOOTSTRAP_API_KEY: 'one', WARDLINE_BOOTSTRAP_API_KEY_FILE: file('hush hush') });
    expect(load).toThrow('WARDLINE_BOOTSTRAP_API_KEY_FILE: is given besides WARDLINE_BOOTSTRAP_API_KEY');
    expect(load).not.toThrow(/hush/);
  });
});

describe('the first administrator', () => {
  it.each([
    [{ WARDLINE_BOOTSTRAP_ADMIN_EMAIL: email }, 'WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: is needed too'],
    [{ WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: 'correct horse battery' }, 'WARDLINE_BOOTSTRAP_ADMIN_EMAIL: is needed too'],
    [
      { WARDLINE_BOOTSTRAP_ADMIN_EMAIL: email, WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: 'too short' },
      'WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: A password has at least 12 characters.',
    ],
    [
      { WARDLINE_BOOTSTRAP_ADMIN_EMAIL: 'ada', WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: 'correct horse battery' },
      'WARDLINE_BOOTSTRAP_ADMIN_EMAIL: Enter an e-mail address',
    ],
  ])('needs both an address and a good password', (env: Record<string, string>, message) => {
    expect(() => loadConfig(env)).toThrow(message);
    expect(() => loadConfig(env)).not.toThrow(/correct horse|too short/);
  });
});
