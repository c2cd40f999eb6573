import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { type Simulator, startSimulator } from '@wardline/aws-simulator';
import type { ExportLine } from '@wardline/contracts';
import { BodySealer, KmsDataKey, MasterKey, seal, type WrappingKey } from '@wardline/envelope';
import { ownAuthority, startTestProxy, tlsFront } from '@wardline/http-agent/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../wardline.mjs', import.meta.url));
const FILE = randomBytes(300_000);
const masterKey = MasterKey.generate();

let simulator: Simulator;
let folder: string;
let awsEnvironment: Record<string, string>;
let path: string;
let lines: ExportLine[];

beforeAll(async () => {
  simulator = await startSimulator();
  const user = simulator.seed.users.find(({ name }) => name === 'wardline');
  awsEnvironment = {
    AWS_ACCESS_KEY_ID: user?.accessKeyId ?? '',
    AWS_SECRET_ACCESS_KEY: user?.secretAccessKey ?? '',
    AWS_ENDPOINT_URL_KMS: simulator.endpoints.kms,
  };
});
afterAll(() => simulator.close());

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wardline-open-'));
  path = join(folder, 'export.jsonl');
  lines = await exportLines();
  write();
  return () => rmSync(folder, { recursive: true, force: true });
});

const write = () => writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

/** Runs the command with an environment of its own: nothing of this process, no server. */
async function open(args: readonly string[], env: Record<string, string> = awsEnvironment) {
  const child = spawn(process.execPath, [ENTRY, 'open', ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  let error = '';
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { exitCode, error, bytes: Buffer.concat(out), out: Buffer.concat(out).toString('utf8') };
}

/** What the server's side does: a data key of KMS, and messages under it. */
async function dataKey(id: string): Promise<{ key: KmsDataKey; line: ExportLine }> {
  const kms = new KMSClient({
    region: simulator.region,
    endpoint: simulator.endpoints.kms,
    credentials: {
      accessKeyId: awsEnvironment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: awsEnvironment.AWS_SECRET_ACCESS_KEY ?? '',
    },
  });
  const keyArn = simulator.seed.keys.find(({ name }) => name === 'working')?.arn ?? '';
  const encryptionContext = { 'wardline:purpose': 'data-key', 'wardline:data-key': id };
  const answer = await kms.send(
    new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256', EncryptionContext: encryptionContext }),
  );
  kms.destroy();
  const { Plaintext: plaintext = new Uint8Array(), CiphertextBlob: blob = new Uint8Array() } = answer;
  const ciphertext = Buffer.from(blob).toString('base64');
  const line = { kind: 'data-key', id, keyArn, region: simulator.region, ciphertext, encryptionContext } as const;
  return { key: new KmsDataKey(id, plaintext), line };
}

interface Place {
  readonly identifier: string;
  readonly org?: string;
  readonly project?: string;
}

function secretLine(key: WrappingKey, place: Place, message: Uint8Array | undefined, value = ''): ExportLine {
  const { identifier, org = null, project = null } = place;
  const context = contextOf(place);
  return {
    kind: 'secret',
    type: message ? 'SecretFile' : 'SecretText',
    identifier,
    orgIdentifier: org,
    projectIdentifier: project,
    name: identifier,
    description: '',
    tags: {},
    secretManagerIdentifier: 'account.kms',
    version: 1,
    byteLength: message ? FILE.length : Buffer.byteLength(value),
    encryptionContext: context,
    wrappedBy: { namespace: key.namespace, name: key.name },
    message: Buffer.from(message ?? seal(key, Buffer.from(value), context)).toString('base64'),
  };
}

const contextOf = ({ identifier, org = '', project = '' }: Place) => ({
  account: 'default',
  org,
  project,
  secret: identifier,
  version: '1',
});

async function fileLines(key: WrappingKey, place: Place): Promise<ExportLine[]> {
  const sealer = new BodySealer();
  const chunks: ExportLine[] = [];
  async function* content() {
    yield FILE;
  }
  for await (const frame of sealer.frames(content())) chunks.push({ kind: 'chunk', bytes: frame.toString('base64') });
  return [secretLine(key, place, sealer.header(key, contextOf(place))), ...chunks];
}

async function exportLines(): Promise<ExportLine[]> {
  const [one, two] = [await dataKey('key-one'), await dataKey('key-two')];
  return [
    {
      kind: 'manifest',
      format: 1,
      accountIdentifier: 'default',
      orgIdentifier: null,
      projectIdentifier: null,
      exportedAt: new Date(0).toISOString(),
      server: 'http://test',
    },
    one.line,
    secretLine(one.key, { identifier: 'first' }, undefined, 'the first value'),
    two.line,
    secretLine(two.key, { identifier: 'first', org: 'shop', project: 'web' }, undefined, 'that of the project'),
    ...(await fileLines(one.key, { identifier: 'keystore', org: 'shop' })),
    secretLine(masterKey, { identifier: 'built_in' }, undefined, 'a built-in value'),
    { kind: 'end', secrets: 4, dataKeys: 2 },
  ];
}

const outFolder = () => join(folder, 'out');
const at = (...names: string[]) => readFileSync(join(outFolder(), ...names));

describe('wardline open', () => {
  it('lists what is in an export without any credentials', async () => {
    const { out, exitCode } = await open([path, '--list'], {});
    expect(exitCode).toBe(0);
    expect(out.split('\n').map((line) => line.split('\t').slice(0, 4))).toEqual([
      ['account.first', '', 'text', 'account.kms'],
      ['first', 'shop/web', 'text', 'account.kms'],
      ['org.keystore', 'shop', 'file', 'account.kms'],
      ['account.built_in', '', 'text', 'account.kms'],
      [''],
    ]);
    expect(JSON.parse((await open([path, '--list', '--json'], {})).out).secrets).toHaveLength(4);
  });

  it('opens with nothing but AWS credentials, and names what those do not open', async () => {
    const { out, error, exitCode } = await open([path, '--out', outFolder()]);
    expect(out).toContain('Opened 3 of 4 secrets');
    expect(out).toContain('with 2 data keys');
    expect(error).toContain('account.built_in was not opened: the built-in secret manager keeps it');
    expect(exitCode).toBe(1);
    expect(at('account', 'first').toString()).toBe('the first value');
    expect(at('project.shop.web', 'first').toString()).toBe('that of the project');
    expect(at('org.shop', 'keystore').equals(FILE)).toBe(true);
    expect(statSync(join(outFolder(), 'org.shop', 'keystore')).mode & 0o777).toBe(0o600);
    expect(statSync(outFolder()).mode & 0o777).toBe(0o700);
    const paths = JSON.parse(at('index.json').toString()).secrets.map((one: { path: string }) => one.path);
    expect(paths).toEqual(['account/first', 'project.shop.web/first', 'org.shop/keystore']);
  });

  it('opens what the built-in manager keeps with the master key', async () => {
    const file = join(folder, 'master');
    writeFileSync(file, masterKey.exportBase64());
    const { exitCode, error } = await open([path, '--out', outFolder(), '--master-key-file', file]);
    expect([exitCode, error]).toEqual([0, '']);
    expect(at('account', 'built_in').toString()).toBe('a built-in value');
    writeFileSync(file, MasterKey.generate().exportBase64());
    const wrong = await open([path, '--get', 'account.built_in', '--master-key-file', file]);
    expect([wrong.exitCode, wrong.error]).toEqual([1, expect.stringContaining('the one that was given is')]);
  });

  it('asks AWS through the proxy that the environment names, and names one that refuses', async () => {
    const { ca, tls } = await ownAuthority();
    const kms = await tlsFront(simulator.endpoints.kms, tls);
    const [proxy, refusing] = await Promise.all([startTestProxy(), startTestProxy({ refusesWith: 403 })]);
    onTestFinished(() => [kms, proxy, refusing].forEach((one) => void one.close()));
    const env = { ...awsEnvironment, AWS_ENDPOINT_URL_KMS: kms.url, NODE_EXTRA_CA_CERTS: ca };
    const opened = await open([path, '--get', 'account.first'], { ...env, HTTPS_PROXY: proxy.url });
    expect([opened.exitCode, opened.error, opened.out]).toEqual([0, '', 'the first value']);
    expect(proxy.asked).toEqual([new URL(kms.url).host]);
    const refused = await open([path, '--get', 'account.first'], { ...env, HTTPS_PROXY: refusing.url });
    expect(refused).toMatchObject({ exitCode: 1, error: expect.stringContaining(`The proxy ${refusing.url} refuses`) });
  });

  it('prints exactly one secret', async () => {
    expect((await open([path, '--get', 'account.first'])).out).toBe('the first value');
    expect((await open([path, '--get', 'first', '--org', 'shop', '--project', 'web'])).out).toBe('that of the project');
    expect((await open([path, '--get', 'org.keystore', '--org', 'shop'])).bytes.equals(FILE)).toBe(true);
    expect((await open([path, '--get', 'account.none'])).exitCode).toBe(1);
  });

  it('opens what was encrypted under a key whose ARN the export does not tell', async () => {
    lines = lines.map((line) => (line.kind === 'data-key' ? { ...line, keyArn: null } : line));
    write();
    expect(await open([path, '--get', 'account.first'])).toMatchObject({ exitCode: 0, out: 'the first value' });
    lines = lines.map((line) => (line.kind === 'data-key' ? { ...line, region: '' } : line));
    write();
    const inRegion = { ...awsEnvironment, AWS_REGION: simulator.region };
    expect(await open([path, '--get', 'account.first'], inRegion)).toMatchObject({ out: 'the first value' });
    expect((await open([path, '--get', 'account.first'])).error).toContain('name it in AWS_REGION');
    const refused = await open([path, '--get', 'account.first'], { ...inRegion, AWS_SECRET_ACCESS_KEY: 'wrong' });
    expect(refused).toMatchObject({ exitCode: 1, error: expect.stringContaining('whose ARN is kept as a secret') });
  });

  it('says which right on which key is missing', async () => {
    const key = simulator.seed.keys.find(({ name }) => name === 'working')?.arn;
    const { error, exitCode } = await open([path, '--get', 'account.first'], {
      ...awsEnvironment,
      AWS_SECRET_ACCESS_KEY: 'x'.repeat(40),
    });
    expect(exitCode).toBe(1);
    expect(error).toContain(`kms:Decrypt on ${key}`);
  });

  it('opens nothing that was put in the place of another, or changed', async () => {
    const secrets = lines.filter((line) => line.kind === 'secret');
    const [first, second] = secrets;
    if (!first || !second) throw new Error('The export has two secrets.');
    Object.assign(first, { message: second.message, encryptionContext: second.encryptionContext });
    Object.assign(first, { wrappedBy: second.wrappedBy });
    const [, keyOne, , keyTwo] = lines;
    if (keyOne && keyTwo) lines.splice(1, 3, keyOne, keyTwo, first);
    write();
    const { error } = await open([path, '--get', 'account.first']);
    expect(error).toContain('encrypted for another secret');

    Object.assign(second, { message: `${second.message.slice(0, -12)}AAAAAAAAAAA=` });
    write();
    const { exitCode } = await open([path, '--get', 'first', '--org', 'shop', '--project', 'web']);
    expect(exitCode).toBe(1);
  });

  it('writes nothing outside of its folder, and into none that has something', async () => {
    for (const line of lines) if (line.kind === 'secret' && line.identifier === 'first') line.identifier = '../../x';
    write();
    const { error, exitCode } = await open([path, '--out', outFolder()]);
    expect([exitCode, error]).toEqual([1, expect.stringContaining('was not opened')]);
    expect(readdirSync(folder).toSorted()).toEqual(['export.jsonl', 'out']);
    expect((await open([path, '--out', outFolder()])).exitCode).toBe(2);
  });

  it.each([
    ['cut off', () => lines.splice(-1, 1), 'cut off'],
    ['short of a secret', () => lines.splice(2, 1), 'says that it has 4 secrets'],
    ['without a data key', () => lines.splice(1, 1), 'needs the data key key-one'],
    ['in another order', () => lines.splice(0, 2, ...lines.slice(0, 2).toReversed()), 'Line 1'],
  ])('takes no export that is %s', async (_how, damage, why) => {
    damage();
    write();
    const { error, exitCode } = await open([path, '--list']);
    expect([exitCode, error]).toEqual([1, expect.stringContaining(why)]);
  });

  it('takes no other file, and says what it wants', async () => {
    writeFileSync(path, 'no export\n');
    expect((await open([path, '--list'])).exitCode).toBe(1);
    expect((await open([join(folder, 'none'), '--list'])).exitCode).toBe(2);
    expect((await open([path])).error).toContain('--list, --out FOLDER, or --get REFERENCE');
  });
});
