import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '@wardline/aws-simulator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY } from '../server/api-key.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { wardline } from './wardline.ts';

const REGION = 'eu-west-1';
const FILE = randomBytes(700_000);
const PLACE = ['--org', 'shop', '--project', 'web'];

const folder = mkdtempSync(join(tmpdir(), 'wardline-cli-export-'));
const exported = join(folder, 'export.jsonl');
let simulator: Simulator;
let server: RunningServer;
let env: Record<string, string>;
/** AWS credentials, and nothing else. */
let aws: Record<string, string>;

beforeAll(async () => {
  simulator = await startSimulator({ region: REGION });
  const { kms, sts, imds } = simulator.endpoints;
  server = await startServer({
    env: { WARDLINE_SIMULATOR: 'off', WARDLINE_AWS_ENDPOINTS: JSON.stringify({ [REGION]: { kms, sts, imds } }) },
  });
  env = { WARDLINE_URL: server.url, WARDLINE_API_KEY: API_KEY };
  const user = seeded(simulator.seed.users, 'wardline');
  aws = {
    AWS_ACCESS_KEY_ID: user.accessKeyId,
    AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
    AWS_ENDPOINT_URL_KMS: kms,
  };
  const call = apiClient(server.url);
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('access_key', user.accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('secret_key', user.secretAccessKey));
  const connector = accessKeyConnectorBody({
    identifier: 'production',
    keyArn: seeded(simulator.seed.keys, 'working').arn,
    region: REGION,
    accessKeyRef: 'account.access_key',
    secretKeyRef: 'account.secret_key',
    executeOnDelegate: false,
  });
  await mustSucceed(call, 'POST', '/ng/api/connectors', connector);

  const manager = ['--manager', 'account.production'];
  const file = join(folder, 'keystore.p12');
  writeFileSync(file, FILE);
  const stored = [
    await wardline(['secrets', 'set', 'account.token', ...manager], env, 'the first value'),
    await wardline(['secrets', 'set', 'account.token'], env, 'the value of the account'),
    await wardline(['secrets', 'set', 'token', ...PLACE, ...manager], env, 'the value of the project'),
    await wardline(['files', 'put', 'account.keystore', file, ...manager], env),
  ];
  expect(stored.map(({ error }) => error).join('')).toBe('');
});

afterAll(async () => {
  await server.stop().catch(() => undefined);
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the way out', () => {
  it('is a file for its owner alone that has every secret, and no value in the clear', async () => {
    const { out, error, exitCode } = await wardline(['export', '--out', exported, '--json'], env);
    expect([exitCode, error]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({ out: exported, secrets: 5, dataKeys: 1 });
    expect(statSync(exported).mode & 0o777).toBe(0o600);
    const text = readFileSync(exported, 'utf8');
    expect(text).not.toContain('value of');
    expect(text).not.toContain(Buffer.from('the value of the account').toString('base64').slice(0, -4));

    expect((await wardline(['export'], env)).out.split('\n')).toHaveLength(text.split('\n').length);
    const again = await wardline(['export', '--out', exported], env);
    expect([again.exitCode, again.error]).toEqual([2, expect.stringContaining('--force')]);
    const narrow = JSON.parse((await wardline(['export', ...PLACE, '--out', `${exported}.web`, '--json'], env)).out);
    expect(narrow).toMatchObject({ secrets: 1, dataKeys: 1 });
  });

  it('opens without any server, with nothing but AWS credentials, and with the master key what that keeps', async () => {
    const masterKey = join(folder, 'master.key');
    writeFileSync(masterKey, readFileSync(join(server.dataDir, 'master.key')), { mode: 0o600 });
    await server.stop();

    const out = join(folder, 'opened');
    const opened = await wardline(['open', exported, '--out', out, '--json'], aws);
    expect(opened.exitCode).toBe(1);
    const { dataKeys, notOpened } = JSON.parse(opened.out);
    expect(dataKeys).toBe(1);
    expect(notOpened.map((one: { reference: string }) => one.reference)).toEqual([
      'account.access_key',
      'account.secret_key',
    ]);
    expect(readFileSync(join(out, 'account/token'), 'utf8')).toBe('the value of the account');
    expect(readFileSync(join(out, 'project.shop.web/token'), 'utf8')).toBe('the value of the project');
    expect(readFileSync(join(out, 'account/keystore')).equals(FILE)).toBe(true);

    const all = await wardline(['open', exported, '--out', `${out}-all`, '--master-key-file', masterKey], aws);
    expect([all.exitCode, all.error]).toEqual([0, '']);
    expect(readFileSync(join(`${out}-all`, 'account/access_key'), 'utf8')).toBe(aws.AWS_ACCESS_KEY_ID);
  });
});
