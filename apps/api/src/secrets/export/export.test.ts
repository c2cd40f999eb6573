import { randomBytes } from 'node:crypto';
import { runTask } from '@wardline/aws-kms';
import { type ExportLine, exportLineSchema } from '@wardline/contracts';
import { KmsDataKey, MasterKey, open, type WrappingKey } from '@wardline/envelope';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { processAmbient } from '../../runners/ambient.ts';
import { seedKey, seedUser } from '../../test-connection/testing/connectors.ts';
import { scopeQuery } from '../../test-support/fixtures.ts';
import { givenProgramWith, type Proof } from '../../test-support/principals.ts';
import { describeEachEngine } from '../../test-support/test-app.ts';
import { fileCalls } from '../files/testing/file-calls.ts';
import { file, spec } from '../files/testing/form.ts';
import { type KmsSecrets, startKmsSecrets } from '../testing/kms-secrets.ts';

type Line<K extends ExportLine['kind']> = Extract<ExportLine, { kind: K }>;

const org = { orgIdentifier: 'o' };
const project = { orgIdentifier: 'o', projectIdentifier: 'p' };
let world: KmsSecrets;

async function exported(place = {}, headers: Proof = {}) {
  const answer = await world.server.fetch(`/api/secrets/export?${scopeQuery(place)}`, { headers });
  const text = await answer.text();
  return { answer, text };
}

const parse = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => exportLineSchema.parse(JSON.parse(line)));

const ofKind = <K extends ExportLine['kind']>(lines: ExportLine[], kind: K) =>
  lines.filter((line): line is Line<K> => line.kind === kind);

/** The data key of a line, opened with nothing but the line and AWS credentials. */
async function openDataKey({ id, keyArn, region, ciphertext, encryptionContext }: Line<'data-key'>) {
  if (keyArn === null) throw new Error('The ARN is not for this caller.');
  const { accessKeyId, secretAccessKey } = seedUser(world.simulator.seed, 'wardline');
  const task = {
    kind: 'decrypt-data-key' as const,
    id: 'opener',
    deadlineMs: 5000,
    connection: { keyArn, region, credential: { type: 'ManualConfig' as const, accessKeyId, secretAccessKey } },
    encryptionContext,
    keyArn,
    ciphertext,
  };
  const ambient = processAmbient({ kind: 'platform', name: 'opener', hostName: 'elsewhere' }, world.server.deps);
  for await (const event of runTask(task, ambient, new AbortController().signal)) {
    if (event.type === 'data-key-plaintext') return new KmsDataKey(id, Buffer.from(event.plaintext, 'base64'));
  }
  throw new Error('KMS did not decrypt the data key.');
}

const textOf = (key: WrappingKey, { message, encryptionContext }: Line<'secret'>) =>
  Buffer.from(open(key, Buffer.from(message, 'base64'), encryptionContext)).toString();

describeEachEngine((engine) => {
  beforeAll(async () => {
    world = await startKmsSecrets(engine);
    await world.connector('kms');
    await world.create('built_in', 'a plain value');
    for (let n = 0; n < 23; n += 1) await world.create(`kms_${n}`, `kms value ${n}`, { manager: 'kms' });
    await world.create('inner', 'inner value', { manager: 'account.kms', place: project });
    await world.create('of_org', 'org value', { place: org });
    await world.change('kms_0', 'changed', { manager: 'kms' });
  });
  afterAll(() => world.close());

  it('has everything of the scope and below that opens it elsewhere, and no plaintext', async () => {
    const { answer, text } = await exported();
    expect(answer.headers.get('content-type')).toContain('application/jsonl');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    for (const plain of ['a plain value', 'kms value 7', 'inner value', 'changed']) expect(text).not.toContain(plain);

    const lines = parse(text);
    expect(lines[0]).toMatchObject({ kind: 'manifest', format: 1, accountIdentifier: 'default', orgIdentifier: null });
    const secrets = ofKind(lines, 'secret');
    const [dataKeyLine, ...others] = ofKind(lines, 'data-key');
    if (!dataKeyLine) throw new Error('There is no data key.');
    expect(others).toEqual([]);
    expect(lines.at(-1)).toEqual({ kind: 'end', secrets: secrets.length, dataKeys: 1 });
    // The two parts of the access key are secrets as well.
    expect(secrets).toHaveLength(28);
    const firstUse = lines.findIndex((line) => line.kind === 'secret' && line.wrappedBy.name === dataKeyLine.id);
    expect(lines.indexOf(dataKeyLine)).toBeLessThan(firstUse);

    const dataKey = await openDataKey(dataKeyLine);
    const valueIn = (identifier: string) => {
      const line = secrets.find((one) => one.identifier === identifier);
      if (!line) throw new Error(`${identifier} is not in the export.`);
      return textOf(line.wrappedBy.namespace === 'wardline' ? world.server.deps.masterKey : dataKey, line);
    };
    expect(valueIn('kms_7')).toBe('kms value 7');
    expect(valueIn('kms_0')).toBe('changed');
    expect(valueIn('inner')).toBe('inner value');
    expect(valueIn('built_in')).toBe('a plain value');
    const foreign = secrets.find(({ identifier }) => identifier === 'built_in');
    expect(() => foreign && textOf(MasterKey.generate(), foreign)).toThrow();
  });

  it('narrows to a scope and what is below it', async () => {
    const identifiers = async (place: object) =>
      ofKind(parse((await exported(place)).text), 'secret').map(({ identifier }) => identifier);
    expect((await identifiers(org)).sort()).toEqual(['inner', 'of_org']);
    expect(await identifiers(project)).toEqual(['inner']);
    expect(parse((await exported({ orgIdentifier: 'empty' })).text).map(({ kind }) => kind)).toEqual([
      'manifest',
      'end',
    ]);
  });

  it('has the content of a file after it, as one message with it', async () => {
    const place = { orgIdentifier: 'files' };
    const content = randomBytes(700_000);
    const files = fileCalls(world.server.url);
    const described = { ...place, spec: { secretManagerIdentifier: 'account.kms' } };
    const created = await files.createIn(scopeQuery(place), spec('a_file', described), file(content));
    expect(created).toMatchObject({ status: 200 });
    const lines = parse((await exported(place)).text);
    expect(lines.map(({ kind }) => kind)).toEqual([
      'manifest',
      'data-key',
      'secret',
      ...ofKind(lines, 'chunk').map(() => 'chunk'),
      'end',
    ]);
    const [[dataKey], [header]] = [ofKind(lines, 'data-key'), ofKind(lines, 'secret')];
    if (!dataKey || !header) throw new Error('The file is not in the export.');
    const parts = [header.message, ...ofKind(lines, 'chunk').map(({ bytes }) => bytes)];
    const message = Buffer.concat(parts.map((part) => Buffer.from(part, 'base64')));
    const opened = open(await openDataKey(dataKey), message, header.encryptionContext);
    expect(Buffer.from(opened).equals(content)).toBe(true);
  });

  it('takes the right to read the values at the scope, and is on record', async () => {
    const reader = await givenProgramWith(world.server.testApp, 'org_reader', [{ role: '_secrets_reader', at: org }]);
    expect((await exported({}, reader)).answer.status).toBe(403);
    expect((await exported(org, reader)).answer.status).toBe(200);
    const { event } = await world.server.db
      .selectFrom('audit_events')
      .select('event')
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(JSON.parse(event)).toMatchObject({ action: 'EXPORT', resource: { type: 'SECRET' } });
  });

  it('has an ARN that is kept as a secret only for those who may read it where it may be', async () => {
    const arn = seedKey(world.simulator.seed, 'working');
    await world.create('key_arn', arn);
    await world.connector('hidden', { spec: { kmsArn: 'account.key_arn', kmsArnInPlainText: undefined } });
    const place = { orgIdentifier: 'hidden' };
    expect(await world.create('under_hidden', 'v', { manager: 'account.hidden', place })).toMatchObject({
      status: 200,
    });
    const reader = await givenProgramWith(world.server.testApp, 'hidden_reader', [
      { role: '_secrets_reader', at: place },
    ]);
    const { text } = await exported(place, reader);
    expect(text).not.toContain(arn);
    expect(ofKind(parse(text), 'data-key')).toMatchObject([{ keyArn: null, region: world.simulator.region }]);
    expect(ofKind(parse((await exported(place)).text), 'data-key')).toMatchObject([{ keyArn: arn }]);
    const { body } = await world.call<{ data: { content: object[] } }>(
      'GET',
      `/api/secrets/under_hidden/versions?${scopeQuery(place)}`,
    );
    expect(body.data.content).toMatchObject([{ keyArn: null }]);
  });

  it('comes to its end although a row of a data key is damaged', async () => {
    const place = { orgIdentifier: 'damaged' };
    await world.connector('spoilt');
    await world.create('under_spoilt', 'v', { manager: 'account.spoilt', place });
    await world.create('beside', 'v', { place });
    const connector = await world.server.deps.storage.connectors.find({}, 'spoilt');
    const update = world.server.db.updateTable('data_keys').set({ sealed_key_arn: 'AAAA' });
    await update.where('connector_id', '=', connector?.id ?? '').execute();
    const lines = parse((await exported(place)).text);
    expect(ofKind(lines, 'data-key')).toMatchObject([{ keyArn: null, region: '' }]);
    expect(lines.at(-1)).toEqual({ kind: 'end', secrets: 2, dataKeys: 1 });
  });

  it('is not made for whoever asks only for its head', async () => {
    expect((await world.server.fetch('/api/secrets/export', { method: 'HEAD' })).status).toBe(404);
  });

  it('shows the key of each version', async () => {
    const { body } = await world.call<{ data: { content: { keyArn: string | null }[] } }>(
      'GET',
      '/api/secrets/kms_0/versions',
    );
    const arns = body.data.content.map(({ keyArn }) => keyArn);
    expect(arns).toHaveLength(2);
    for (const arn of arns) expect(arn).toMatch(/^arn:aws:kms:/);
  });
});
