import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

describe('the configuration', () => {
  it('needs nothing to be set', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      accountId: 'default',
      publicUrl: 'http://127.0.0.1:8080',
      simulator: false,
      databaseUrl: undefined,
      awsEndpoints: {},
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: undefined });
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', '10.0.0.1', 'example.com', '127.0.0.1.example.com'])(
    'refuses to listen on %s while there is no sign-in, and says so',
    (HOST) => {
      expect(() => loadConfig({ HOST })).toThrow(/no sign-in yet.*127\.0\.0\.1/);
    },
  );

  it.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('listens on %s, which only this machine reaches', (HOST) => {
    expect(loadConfig({ HOST }).host).toBe(HOST);
  });

  it('puts an IPv6 address into brackets in the public URL', () => {
    expect(loadConfig({ HOST: '::1', PORT: '9000' }).publicUrl).toBe('http://[::1]:9000');
  });

  it('has no slash at the end of the public URL, as the OIDC issuer is compared letter by letter', () => {
    expect(loadConfig({ WARDLINE_PUBLIC_URL: 'https://secrets.example.com/' }).publicUrl).toBe(
      'https://secrets.example.com',
    );
  });

  it('names every variable that is wrong, and does not repeat its value', () => {
    const load = () => loadConfig({ PORT: '99999', WARDLINE_ACCOUNT_ID: 'a b', DATABASE_URL: 'mysql://u:hush@h/d' });
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/PORT: [\s\S]*WARDLINE_ACCOUNT_ID: |DATABASE_URL: [\s\S]*WARDLINE_ACCOUNT_ID: /);
    expect(load).not.toThrow(/hush/);
  });

  it('reads endpoints by region', () => {
    const WARDLINE_AWS_ENDPOINTS = '{"eu-west-1":{"kms":"https://kms.vpce.example.com"}}';
    expect(loadConfig({ WARDLINE_AWS_ENDPOINTS }).awsEndpoints).toEqual({
      'eu-west-1': { kms: 'https://kms.vpce.example.com' },
    });
  });

  it.each(['{', '{"eu-west-1":{"kmz":"https://a.example.com"}}', '{"eu-west-1":{"kms":"nowhere"}}'])(
    'refuses endpoints that are not as documented: %s',
    (WARDLINE_AWS_ENDPOINTS) => {
      expect(() => loadConfig({ WARDLINE_AWS_ENDPOINTS })).toThrow(/WARDLINE_AWS_ENDPOINTS/);
    },
  );
});
