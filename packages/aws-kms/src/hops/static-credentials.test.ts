import { randomBytes } from 'node:crypto';
import type { TaskCredential } from '@wardline/contracts';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';
import { type Lab, openLab } from '../test-support/lab.ts';

let lab: Lab;
let skewMs = 0;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(() => {
  lab.simulator.faults.clear();
  skewMs = 0;
});
afterAll(() => lab.simulator.close());

const skewed = () => new Date(Date.now() + skewMs);
const manual = (): Extract<TaskCredential, { type: 'ManualConfig' }> => {
  const credential = lab.manual();
  if (credential.type !== 'ManualConfig') throw new Error('Not static credentials.');
  return credential;
};

it('an unknown access key is named where AWS is first asked, and nothing is tried after it', async () => {
  const credential = { ...manual(), accessKeyId: `AKIA${randomBytes(8).toString('hex').toUpperCase()}` };
  const run = await collect(lab.task(credential), lab.ambient());
  expect(run.cause).toBe('access-key-unknown');
  expect(run.statuses).toEqual(['pass', 'pass', 'fail', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped']);
  expect(run.hop('identity').aws).toMatchObject({ code: 'InvalidClientTokenId', httpStatus: 403 });
  expect(run.fact('decrypt', 'Skipped')).toContain('AWS knows who is calling');
});

it('a secret that belongs to another key is told apart from an unknown key', async () => {
  const run = await collect(
    lab.task({ ...manual(), secretAccessKey: randomBytes(30).toString('base64') }),
    lab.ambient(),
  );
  expect(run.cause).toBe('secret-key-wrong');
});

it('an inactive key works again once it is activated', async () => {
  lab.simulator.admin.setAccessKeyStatus('wardline', 'Inactive');
  expect((await collect(lab.task(manual()), lab.ambient())).cause).toBe('access-key-unknown');
  lab.simulator.admin.setAccessKeyStatus('wardline', 'Active');
  expect((await collect(lab.task(manual()), lab.ambient())).finished.status).toBe('SUCCESS');
});

it('expired credentials are named', async () => {
  lab.simulator.faults.add({ service: 'sts', kind: 'expired-credentials' });
  expect((await collect(lab.task(manual()), lab.ambient())).cause).toBe('credentials-expired');
});

it('a VPC that reaches KMS but not STS gets a warning, and the key is proven all the same', async () => {
  const { kms } = lab.simulator.endpoints;
  const run = await collect(lab.task(manual()), lab.at({ kms, sts: 'http://127.0.0.1:1' }));
  expect(run.finished).toEqual({ type: 'finished', status: 'SUCCESS' });
  expect(run.statuses).toEqual(['pass', 'pass', 'warn', 'skipped', 'pass', 'pass', 'pass', 'pass']);
  expect(run.hop('identity').finding?.code).toBe('connection-refused');
});

it('a clock that is ten minutes off is measured and named as what KMS refuses', async () => {
  lab.simulator.faults.add({ service: 'sts', kind: 'clock-offset', ms: 600_000 });
  lab.simulator.faults.add({ service: 'kms', kind: 'clock-offset', ms: 600_000 });
  const run = await collect(lab.task(manual()), lab.ambient());
  expect(run.hop('identity')).toMatchObject({ status: 'warn', finding: { code: 'clock-skew' } });
  expect(run.fact('identity', 'Clock skew')).toMatch(/^(10 min|9 min 5\d s).* behind AWS$/);
  expect(run.hop('describe-key')).toMatchObject({ status: 'fail', aws: { code: 'InvalidSignatureException' } });
  expect(run.cause).toBe('clock-skew');
});

it('a clock that is still within the window of AWS is a warning before it becomes a failure', async () => {
  skewMs = 270_000;
  const run = await collect(lab.task(manual()), lab.ambient({ now: skewed }));
  expect(run.finished.status).toBe('SUCCESS');
  expect(run.hop('identity')).toMatchObject({ status: 'warn', finding: { code: 'clock-skew' } });
  expect(run.fact('identity', 'Clock skew')).toMatch(/ahead of AWS$/);
});

it('a clock that is right is reported as such', async () => {
  const run = await collect(lab.task(manual()), lab.ambient());
  expect(run.fact('identity', 'Clock skew')).toBe('none (within 2 s)');
});

it('keys and profiles in the environment are neither used nor kept quiet about', async () => {
  const { accessKeyId, secretAccessKey } = manual();
  const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_PROFILE: 'admin' };
  lab.simulator.faults.add({ service: 'imds', kind: 'no-role' });
  const run = await collect(lab.task({ type: 'AssumeIAMRole' }), lab.ambient({ env }));
  expect(run.cause).toBe('imds-no-role');
  expect(run.fact('credentials', 'Environment')).toBe(
    'AWS_ACCESS_KEY_ID and AWS_PROFILE are set on this host and were not used',
  );
});
