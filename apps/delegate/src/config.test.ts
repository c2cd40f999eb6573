import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { newDelegateToken } from '@wardline/delegate-protocol';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'wardline-delegate-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const token = newDelegateToken();
const enough = { DELEGATE_TOKEN: token, MANAGER_HOST_AND_PORT: 'https://wardline.example.com' };

function problemsOf(env: NodeJS.ProcessEnv): string {
  try {
    loadConfig(env);
    return '';
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
}

describe('the configuration of a delegate', () => {
  it('needs a token and an address, and says how to get them', () => {
    const problems = problemsOf({});
    expect(problems).toContain('DELEGATE_TOKEN: is missing. Make a token in Wardline');
    expect(problems).toContain('MANAGER_HOST_AND_PORT: is missing');
  });

  it.each([
    ['https://wardline.example.com', 'wss://wardline.example.com/api/delegates/connect'],
    ['https://example.com/wardline/', 'wss://example.com/wardline/api/delegates/connect'],
    ['http://127.0.0.1:8080', 'ws://127.0.0.1:8080/api/delegates/connect'],
    ['wardline.internal:8443', 'wss://wardline.internal:8443/api/delegates/connect'],
    ['wss://wardline.example.com', 'wss://wardline.example.com/api/delegates/connect'],
    ['https://wardline.example.com/?tab=1#/delegates', 'wss://wardline.example.com/api/delegates/connect'],
  ])('takes the address %s', (MANAGER_HOST_AND_PORT, url) => {
    expect(loadConfig({ ...enough, MANAGER_HOST_AND_PORT }).managerUrl.href).toBe(url);
  });

  it('has defaults for everything else, also where a variable is empty', () => {
    expect(loadConfig({ ...enough, ACCOUNT_ID: '', DELEGATE_TAGS: '', HEALTH_PORT: '' })).toMatchObject({
      accountId: 'default',
      name: 'delegate',
      tags: [],
      capacity: 10,
      healthPort: 3460,
      ca: undefined,
    });
  });

  it('takes who it is and how much it takes from the variables that people know', () => {
    const env = { ACCOUNT_ID: 'acme', DELEGATE_NAME: 'eu-vpc', DELEGATE_DESCRIPTION: 'Beside the keys' };
    expect(loadConfig({ ...enough, ...env, DELEGATE_CAPACITY: '3', HEALTH_PORT: '0' })).toMatchObject({
      token,
      accountId: 'acme',
      name: 'eu-vpc',
      hostName: hostname(),
      description: 'Beside the keys',
      capacity: 3,
      healthPort: 0,
    });
  });

  it('reads tags as a list', () => {
    expect(loadConfig({ ...enough, DELEGATE_TAGS: ' eu-vpc, prod ,,' }).tags).toEqual(['eu-vpc', 'prod']);
  });

  it('never repeats a token that is wrong', () => {
    const wrong = token.slice(0, -3);
    const problems = problemsOf({ ...enough, DELEGATE_TOKEN: wrong, HEALTH_PORT: '-1' });
    expect(problems).toContain('DELEGATE_TOKEN: is no delegate token: 44 characters of base64.');
    expect(problems).toContain('HEALTH_PORT: is a whole number from 0 to 65535');
    expect(problems).not.toContain(wrong.slice(0, 8));
  });

  it.each([
    ['MANAGER_HOST_AND_PORT', 'ftp://wardline.example.com'],
    ['DELEGATE_NAME', 'Not A Name'],
    ['DELEGATE_TAGS', 'x'.repeat(129)],
    ['DELEGATE_CAPACITY', '0'],
    ['LOG_LEVEL', 'loud'],
    ['WARDLINE_AWS_ENDPOINTS', '{'],
    ['WARDLINE_AWS_ENDPOINTS', '{"eu-west-1":{"s3":"https://example.com"}}'],
    ['EXTRA_CA_FILES', join(folder, 'missing.pem')],
  ])('names %s where it cannot be used: %s', (name, value) => {
    expect(problemsOf({ ...enough, [name]: value })).toContain(name);
  });

  it('names a CA file that holds no certificate', () => {
    const path = join(folder, 'no.pem');
    writeFileSync(path, 'not a certificate');
    expect(problemsOf({ ...enough, EXTRA_CA_FILES: path })).toContain(`${path} cannot be read as certificates in PEM`);
  });
});
