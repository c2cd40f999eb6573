import { type DataKeyTask, type Task, type TaskCredential, type TaskEvent, taskEventSchema } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Ambient } from '../ambient.ts';
import { runTask } from '../run-task.ts';
import { type Issuer, openIssuer } from '../test-support/issuer.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { allow } from '../test-support/policies.ts';
import { Session } from './session.ts';

let issuer: Issuer;
let lab: Lab;
beforeAll(async () => {
  issuer = await openIssuer();
  lab = await openLab({ oidcIssuer: issuer.url });
});
afterEach(() => lab.simulator.faults.clear());
afterAll(() => Promise.all([lab.simulator.close(), issuer.close()]));

const CONTEXT = { 'wardline:purpose': 'data-key', 'wardline:data-key': 'one' };

type Changes = Partial<Task['connection']> & { readonly deadlineMs?: number };

function generation(credential: TaskCredential, { deadlineMs = 15_000, ...connection }: Changes = {}): DataKeyTask {
  const task = lab.task(credential, connection);
  return { ...task, kind: 'generate-data-key', deadlineMs, encryptionContext: CONTEXT };
}

async function run(task: DataKeyTask, ambient: Ambient = lab.ambient()): Promise<TaskEvent[]> {
  const events: TaskEvent[] = [];
  for await (const event of runTask(task, ambient, new AbortController().signal)) {
    events.push(taskEventSchema.parse(event));
  }
  return events;
}

async function generate(credential: TaskCredential = lab.manual(), changes: Changes = {}) {
  const [event] = await run(generation(credential, changes));
  if (event?.type !== 'data-key') throw new Error(`No data key: ${JSON.stringify(event)}`);
  return event;
}

/** Opens a data key; the connector may use another key in the meantime. */
function opening(
  { keyArn, ciphertext }: { keyArn: string; ciphertext: string },
  credential: TaskCredential = lab.manual(),
  changes: Changes = {},
): DataKeyTask {
  return { ...generation(credential, changes), kind: 'decrypt-data-key', keyArn, ciphertext };
}

async function failureOf(task: DataKeyTask, ambient?: Ambient) {
  const events = await run(task, ambient);
  expect(events).toHaveLength(1);
  const [event] = events;
  if (event?.type !== 'finished' || !event.finding) throw new Error(`No failure: ${JSON.stringify(event)}`);
  return { code: event.finding.code, temporary: event.temporary, text: JSON.stringify(event) };
}

const CREDENTIALS: Array<[string, () => TaskCredential]> = [
  ['ManualConfig', () => lab.manual()],
  ['AssumeIAMRole', () => ({ type: 'AssumeIAMRole' })],
  ['AssumeSTSRole', () => lab.sts()],
  ['OidcAuthentication', () => issuer.credential(lab.role('wardline-oidc').arn)],
];

describe('a data key', () => {
  it.each(CREDENTIALS)('is made and opened again, each with one call to KMS: %s', async (_, credentialOf) => {
    const { requests } = lab.simulator;
    const before = requests.of('kms');
    const made = await run(generation(credentialOf()));
    const [key, end] = made;
    expect(end).toEqual({ type: 'finished', status: 'SUCCESS' });
    if (key?.type !== 'data-key') throw new Error('no data key');
    expect(key.keyArn).toBe(lab.key('working').arn);
    expect(Buffer.from(key.plaintext, 'base64')).toHaveLength(32);
    expect(await run(opening(key, credentialOf()))).toEqual([
      { type: 'data-key-plaintext', plaintext: key.plaintext },
      { type: 'finished', status: 'SUCCESS' },
    ]);
    expect(requests.of('kms') - before).toBe(2);
    expect(requests.of('sts', 'GetCallerIdentity')).toBe(0);
  });

  it('is another one each time, and names the key behind an alias', async () => {
    const one = await generate(lab.manual(), { keyArn: lab.key('working').aliasArn });
    const other = await generate();
    expect(one.keyArn).toBe(lab.key('working').arn);
    expect(one.plaintext).not.toBe(other.plaintext);
  });

  it('is opened by the key that made it, where that key is, whatever the connector uses now', async () => {
    const made = await generate();
    const elsewhere = { keyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/new', region: 'eu-west-1' };
    expect(await run(opening(made, lab.manual(), elsewhere))).toContainEqual({ type: 'finished', status: 'SUCCESS' });
  });

  it('opens after its key was rotated', async () => {
    const made = await generate();
    lab.simulator.admin.rotateKey('working');
    expect(await run(opening(made))).toContainEqual({ type: 'data-key-plaintext', plaintext: made.plaintext });
  });

  it('does not open under another context, with another key or after a change', async () => {
    const made = await generate();
    const otherContext: DataKeyTask = {
      ...opening(made),
      encryptionContext: { ...CONTEXT, 'wardline:data-key': 'two' },
    };
    expect(await failureOf(otherContext)).toMatchObject({ temporary: false });
    const otherKey = { ...made, keyArn: lab.key('multi-region').arn };
    expect(await failureOf(opening(otherKey))).toMatchObject({ temporary: false });
    const bytes = Buffer.from(made.ciphertext, 'base64');
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    expect(await failureOf(opening({ ...made, ciphertext: bytes.toString('base64') }))).toMatchObject({
      temporary: false,
    });
  });
});

describe('a data key that cannot be had', () => {
  it.each([
    [{ kind: 'throttle' }, 'throttled'],
    [{ kind: 'server-error', status: 500 }, 'kms-unavailable'],
    [{ kind: 'reset', when: 'before-answer' }, 'connection-broken'],
  ] as const)('for now says so: %j', async (fault, code) => {
    const made = await generate();
    lab.simulator.faults.add({ service: 'kms', ...fault });
    expect(await failureOf(generation(lab.manual()))).toMatchObject({ code, temporary: true });
    expect(await failureOf(opening(made))).toMatchObject({ code, temporary: true });
  });

  it('in time ends at its deadline', async () => {
    lab.simulator.faults.add({ service: 'kms', kind: 'hang' });
    const startedAt = performance.now();
    const failed = await failureOf(generation(lab.manual(), { deadlineMs: 300 }));
    expect(failed).toMatchObject({ code: 'deadline-exceeded', temporary: true });
    expect(performance.now() - startedAt).toBeLessThan(1_500);
  });

  it('because nothing listens is for now', async () => {
    const ambient = lab.at({ ...lab.simulator.endpoints, kms: 'http://127.0.0.1:9' });
    expect(await failureOf(generation(lab.manual()), ambient)).toMatchObject({
      code: 'connection-refused',
      temporary: true,
    });
  });

  it('before someone acts is not for now, and has the finding of the connection test', async () => {
    const disabled = generation(lab.manual(), { keyArn: lab.key('disabled').arn });
    expect(await failureOf(disabled)).toMatchObject({ code: 'key-disabled', temporary: false });
    const foreign = generation(lab.sts({ externalId: 'another-tenant' }));
    expect(await failureOf(foreign)).toMatchObject({ code: 'assume-role-denied', temporary: false });
    const malformed = generation(lab.manual(), { keyArn: 'no-arn' });
    expect(await failureOf(malformed)).toMatchObject({ code: 'key-arn-malformed', temporary: false });
  });

  it('with the credentials of the connector is not had with others that lie around', async () => {
    const { accessKeyId, secretAccessKey } = lab.simulator.admin.createUser({
      name: 'powerless',
      policy: allow(['s3:GetObject'], '*'),
    });
    const admin = lab.manual();
    if (admin.type !== 'ManualConfig') throw new Error('no access key');
    const env = { AWS_ACCESS_KEY_ID: admin.accessKeyId, AWS_SECRET_ACCESS_KEY: admin.secretAccessKey };
    const task = generation({ type: 'ManualConfig', accessKeyId, secretAccessKey });
    expect(await failureOf(task, lab.ambient({ env }))).toMatchObject({ code: 'iam-not-allowed' });
  });
});

describe('the events of a data key', () => {
  it('name a key that is kept as a secret nowhere but in the data key itself', async () => {
    const { arn } = lab.key('working');
    const { accessKeyId, secretAccessKey } = lab.simulator.admin.createUser({
      name: 'decrypts-nothing',
      policy: allow(['kms:GenerateDataKey'], '*'),
    });
    const credential = { type: 'ManualConfig', accessKeyId, secretAccessKey } as const;
    const made = await generate(credential, { keyArnIsSecret: true });
    expect(made.keyArn).toBe(arn);
    const failed = await failureOf(opening(made, credential, { keyArnIsSecret: true }));
    expect(failed.text).not.toContain(arn.slice(arn.indexOf('key/') + 4));
    expect(failed.text).not.toContain(secretAccessKey);
  });

  it('leave no plaintext bytes behind, also where the reader stops early', async () => {
    const kept: Uint8Array[] = [];
    const { wipeAtEnd } = Session.prototype;
    Session.prototype.wipeAtEnd = function (plaintext) {
      kept.push(plaintext);
      wipeAtEnd.call(this, plaintext);
    };
    try {
      const made = await generate();
      for await (const event of runTask(opening(made), lab.ambient(), new AbortController().signal)) {
        expect(event.type).toBe('data-key-plaintext');
        expect(kept[1]?.some((byte) => byte !== 0)).toBe(true);
        break;
      }
    } finally {
      Session.prototype.wipeAtEnd = wipeAtEnd;
    }
    expect(kept.map((plaintext) => plaintext.every((byte) => byte === 0))).toEqual([true, true]);
  });
});
