import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await simulator.close();
});

const TTL = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN = 'x-aws-ec2-metadata-token';
const ROLES = '/latest/meta-data/iam/security-credentials/';
const imds = (path: string, init: RequestInit = {}) => fetch(simulator.endpoints.imds + path, init);
const putToken = (headers: Record<string, string> = { [TTL]: '60' }) =>
  imds('/latest/api/token', { method: 'PUT', headers });
const withToken = async (path: string) => imds(path, { headers: { [TOKEN]: await (await putToken()).text() } });

/** A client with the SDK's default chain, in which only the simulated host can give credentials. */
function hostClient(environment: Record<string, string>): KMSClient {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_PROFILE'])
    vi.stubEnv(name, '');
  for (const name of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) vi.stubEnv(name, '/nonexistent');
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  return new KMSClient({ endpoint: simulator.endpoints.kms, region: simulator.region, maxAttempts: 1 });
}
const describeKey = new DescribeKeyCommand({ KeyId: 'alias/working' });

describe('the SDK’s default chain on a simulated host', () => {
  it('finds the host role by instance metadata', async () => {
    const kms = hostClient({ AWS_EC2_METADATA_SERVICE_ENDPOINT: simulator.endpoints.imds });
    expect((await kms.send(describeKey)).KeyMetadata?.Enabled).toBe(true);
    expect((await kms.config.credentials()).accessKeyId).toMatch(/^ASIA/);
  });

  it('finds the host role by container credentials', async () => {
    const { uri, authorizationToken } = simulator.containerCredentials;
    const kms = hostClient({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: authorizationToken,
    });
    expect((await kms.send(describeKey)).KeyMetadata?.Enabled).toBe(true);
  });

  it.each(['imds-off', 'hop-limit', 'no-role'] as const)('finds nothing with %s', async (kind) => {
    simulator.faults.add({ service: 'imds', kind });
    const kms = hostClient({ AWS_EC2_METADATA_SERVICE_ENDPOINT: simulator.endpoints.imds });
    await expect(kms.send(describeKey)).rejects.toMatchObject({ name: 'CredentialsProviderError' });
  });
});

describe('instance metadata', () => {
  it('gives a token, then the name of the role, then its document with strings only', async () => {
    const token = await putToken();
    expect(token.headers.get(TTL)).toBe('60');
    const role = await (await withToken(ROLES)).text();
    expect(role).toBe('wardline-host');
    const document = (await (await withToken(ROLES + role)).json()) as Record<string, unknown>;
    expect(document).toMatchObject({ Code: 'Success', Type: 'AWS-HMAC' });
    const members = ['AccessKeyId', 'Code', 'Expiration', 'LastUpdated', 'SecretAccessKey', 'Token', 'Type'];
    expect(Object.keys(document).sort()).toEqual(members);
    expect(Object.values(document).every((value) => typeof value === 'string')).toBe(true);
    expect(Date.parse(String(document.Expiration))).toBeGreaterThan(Date.now());
  });

  it('answers 401 without a token of its own', async () => {
    expect((await imds(ROLES)).status).toBe(401);
    expect((await imds(ROLES, { headers: { [TOKEN]: 'made-up' } })).status).toBe(401);
  });

  it.each([{}, { [TTL]: '0' }, { [TTL]: '21601' }, { [TTL]: 'soon' }])('gives no token for %o', async (headers) => {
    expect((await putToken(headers as Record<string, string>)).status).toBe(400);
  });

  it('gives no token to a request that was forwarded', async () => {
    expect((await putToken({ [TTL]: '60', 'x-forwarded-for': '10.0.0.1' })).status).toBe(403);
  });

  it('knows no other role and no other path', async () => {
    expect((await withToken(`${ROLES}another`)).status).toBe(404);
    expect((await withToken('/latest/user-data')).status).toBe(404);
  });

  it('drops connections while it is switched off', async () => {
    simulator.faults.add({ service: 'imds', kind: 'imds-off' });
    await expect(putToken()).rejects.toThrow('fetch failed');
  });

  it('sends no token with hop limit 1, and answers reads with 401', async () => {
    simulator.faults.add({ service: 'imds', kind: 'hop-limit' });
    const signal = AbortSignal.timeout(200);
    const token = imds('/latest/api/token', { method: 'PUT', headers: { [TTL]: '60' }, signal });
    await expect(token).rejects.toMatchObject({ name: 'TimeoutError' });
    expect((await imds(ROLES)).status).toBe(401);
  });

  it('without an instance profile answers 404', async () => {
    simulator.faults.add({ service: 'imds', kind: 'no-role' });
    expect((await withToken(ROLES)).status).toBe(404);
  });

  it('can hand out credentials that have expired', async () => {
    simulator.faults.add({ service: 'imds', kind: 'expired-credentials' });
    const document = (await (await withToken(`${ROLES}wardline-host`)).json()) as { Expiration: string };
    expect(Date.parse(document.Expiration)).toBeLessThan(Date.now());
  });
});

describe('container credentials', () => {
  const get = (authorization?: string, path = '') =>
    fetch(simulator.containerCredentials.uri + path, authorization === undefined ? {} : { headers: { authorization } });

  it('need the authorization token', async () => {
    expect((await get()).status).toBe(401);
    expect((await get('made-up')).status).toBe(401);
    const response = await get(simulator.containerCredentials.authorizationToken);
    expect(await response.json()).toMatchObject({ RoleArn: expect.stringContaining('role/wardline-host') });
  });

  it('live at one path only', async () => {
    expect((await get(simulator.containerCredentials.authorizationToken, '/more')).status).toBe(404);
  });
});
