import { afterAll, beforeAll, expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';
import { type Lab, openLab } from '../test-support/lab.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.simulator.close());

const testKey = (keyArn: string) => collect(lab.task(lab.manual(), { keyArn }), lab.ambient());
const commandOf = (run: Awaited<ReturnType<typeof testKey>>) =>
  run.finished.finding?.fixes.flatMap(({ kind, body }) => (kind === 'command' ? [body] : [])) ?? [];

it('a disabled key is named before it is used, and works once the printed command is carried out', async () => {
  const { arn } = lab.key('disabled');
  const run = await testKey(arn);
  expect(run.cause).toBe('key-disabled');
  expect(run.fact('describe-key', 'Key state')).toBe('Disabled');
  expect(run.statuses.slice(4)).toEqual(['fail', 'skipped', 'skipped', 'skipped']);
  expect(commandOf(run)).toEqual([`aws kms enable-key --region local-1 --key-id ${arn}`]);
  lab.simulator.admin.enableKey(arn);
  expect((await testKey(arn)).finished.status).toBe('SUCCESS');
});

it('a key that waits for its deletion needs two commands, in that order', async () => {
  const { arn } = lab.key('pending-deletion');
  const run = await testKey(arn);
  expect(run.cause).toBe('key-pending-deletion');
  const date = run.fact('describe-key', 'Deletion date');
  expect(date).toMatch(/^\d{1,2} [A-Z][a-z]+ \d{4}, \d\d:\d\d UTC$/);
  expect(run.finished.finding?.explanation).toContain(`deletion on ${date} and`);
  expect(run.finished.finding?.fixes.at(-1)).toMatchObject({ kind: 'setting', target: 'AWS ARN' });
  expect(commandOf(run).map((line) => line.split(' ')[2])).toEqual(['cancel-key-deletion', 'enable-key']);
  lab.simulator.admin.cancelKeyDeletion(arn);
  expect((await testKey(arn)).cause).toBe('key-disabled');
  lab.simulator.admin.enableKey(arn);
  expect((await testKey(arn)).finished.status).toBe('SUCCESS');
});

it.each([
  ['PendingImport', 'key-pending-import'],
  ['Unavailable', 'key-store-unavailable'],
  ['Creating', 'key-state'],
] as const)('state %s is %s', async (state, code) => {
  const { arn } = lab.simulator.admin.createKey({ name: `key-${state}` });
  lab.simulator.admin.setKeyState(arn, state);
  expect((await testKey(arn)).cause).toBe(code);
});

it('a signing key is of the wrong usage', async () => {
  const run = await testKey(lab.key('signing').arn);
  expect(run.cause).toBe('key-usage');
  expect(run.fact('describe-key', 'Key usage')).toBe('SIGN_VERIFY');
});

it('an asymmetric encryption key is of the wrong spec', async () => {
  const { arn } = lab.simulator.admin.createKey({ name: 'rsa', spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' });
  expect((await testKey(arn)).cause).toBe('key-spec');
});

it('a key and an alias that do not exist are told apart', async () => {
  const { arn } = lab.key('working');
  const unknown = arn.replace(/key\/.*/, 'key/00000000-0000-4000-8000-000000000000');
  expect((await testKey(unknown)).cause).toBe('key-not-found');
  expect((await testKey(arn.replace(/key\/.*/, 'alias/nobody'))).cause).toBe('alias-not-found');
});

it('a state that changes after the key was described is still named', async () => {
  const { arn } = lab.simulator.admin.createKey({ name: 'short-lived' });
  lab.simulator.admin.disableKey(arn);
  lab.simulator.faults.add({
    service: 'kms',
    operation: 'DescribeKey',
    kind: 'error',
    status: 400,
    code: 'AccessDeniedException',
    message: 'no',
  });
  const run = await testKey(arn);
  lab.simulator.faults.clear();
  expect(run.hop('describe-key').status).toBe('warn');
  expect(run.hop('generate-data-key')).toMatchObject({ status: 'fail', finding: { code: 'key-disabled' } });
});
