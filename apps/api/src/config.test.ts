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

  it('bounds the use of data keys', () => {
    expect(loadConfig({}).dataKeys).toEqual({
      maxMessages: 1000,
      maxBytes: 104_857_600,
      maxSeconds: 3600,
      cacheSeconds: 3600,
      cacheSize: 10_000,
    });
    expect(loadConfig({ WARDLINE_DATA_KEY_MAX_MESSAGES: '1' }).dataKeys.maxMessages).toBe(1);
    for (const wrong of ['0', '-1', '1.5', 'many', '1000001']) {
      const rule = 'WARDLINE_DATA_KEY_MAX_MESSAGES: is a whole number from 1 to 1000000';
      expect(() => loadConfig({ WARDLINE_DATA_KEY_MAX_MESSAGES: wrong })).toThrow(rule);
    }
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 8080, databaseUrl: undefined });
  });

  it.each(['0.0.0.0', '::', '192.168.1.10', '127.0.0.1', 'localhost', '::1'])('listens on %s', (HOST) => {
    expect(loadConfig({ HOST }).host).toBe(HOST);
  });

  it('is reached by https where it has a certificate', () => {
    const config = loadConfig({ WARDLINE_TLS_CERT: '/run/tls/tls.crt', WARDLINE_TLS_KEY: '/run/tls/tls.key' });
    expect(config).toMatchObject({
      publicUrl: 'https://127.0.0.1:8080',
      tls: { certPath: '/run/tls/tls.crt', keyPath: '/run/tls/tls.key' },
    });
  });

  it.each([
    ['WARDLINE_TLS_CERT', 'WARDLINE_TLS_KEY'],
    ['WARDLINE_TLS_KEY', 'WARDLINE_TLS_CERT'],
  ])('asks for the other half where only %s is set', (given, missing) => {
    expect(() => loadConfig({ [given]: '/run/tls/file' })).toThrow(`${missing}: is needed too`);
  });

  it('names the proxies whose word about the client is taken', () => {
    const WARDLINE_TRUST_PROXY = '10.0.0.0/8, 192.168.1.10,fd00::/8';
    expect(loadConfig({ WARDLINE_TRUST_PROXY }).trustedProxies).toEqual(['10.0.0.0/8', '192.168.1.10', 'fd00::/8']);
    expect(loadConfig({}).trustedProxies).toEqual([]);
  });

  it.each([
    'true',
    '*',
    '10.0.0.0/33',
    '10.0.0.0/',
    'fd00::/129',
    '10.0.0.1,proxy.example.com',
    '10.0.0.1,,',
    '0.0.0.0/0',
    '::/0',
  ])('takes no proxy that is not named by its address: %s', (WARDLINE_TRUST_PROXY) => {
    expect(() => loadConfig({ WARDLINE_TRUST_PROXY })).toThrow(/WARDLINE_TRUST_PROXY: /);
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
