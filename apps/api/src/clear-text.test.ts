import { expect, it } from 'vitest';
import { clearTextWarning } from './clear-text.ts';
import { loadConfig } from './config.ts';

const warning = (env: Record<string, string>) => clearTextWarning(loadConfig(env));
const PROXY = { HOST: '10.0.0.5', WARDLINE_TRUST_PROXY: '10.0.0.7' };

it.each([
  ['on this machine only', {}],
  ['on this machine only, by name', { HOST: 'localhost' }],
  ['with a certificate', { HOST: '0.0.0.0', WARDLINE_TLS_CERT: 'c', WARDLINE_TLS_KEY: 'k' }],
  ['behind a proxy with TLS', { ...PROXY, WARDLINE_PUBLIC_URL: 'https://secrets.example.com' }],
])('warns of nothing %s', (_where, env) => {
  expect(warning(env)).toBeUndefined();
});

it('warns of passwords and keys that travel in clear', () => {
  expect(warning({ HOST: '10.0.0.5' })).toMatch(/^listening on 10\.0\.0\.5 without TLS: .*WARDLINE_TLS_CERT/);
});

it('warns of cookies that are not kept to TLS, where a proxy in front may speak it', () => {
  expect(warning(PROXY)).toMatch(/cookies of sessions in clear.*set WARDLINE_PUBLIC_URL to its https:/);
  expect(warning({ ...PROXY, WARDLINE_PUBLIC_URL: 'http://secrets.example.com' })).toContain(
    'http://secrets.example.com',
  );
});
