import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { collect } from '../test-support/collect.ts';
import { type Lab, openLab } from '../test-support/lab.ts';
import { added, allow, deny, printed } from '../test-support/policies.ts';

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterEach(() => {
  lab.simulator.admin.putServiceControlPolicy(undefined);
  lab.simulator.admin.putVpcEndpointPolicy(undefined);
});
afterAll(() => lab.simulator.close());

const ALL = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Decrypt'];

/** A user of the simulator's account with one policy, and a run as that user. */
function userWith(name: string, policy: ReturnType<typeof allow>) {
  const { accessKeyId, secretAccessKey, arn } = lab.simulator.admin.createUser({ name, policy });
  const test = (keyArn = lab.key('working').arn) =>
    collect(lab.task({ type: 'ManualConfig', accessKeyId, secretAccessKey }, { keyArn }), lab.ambient());
  return { arn, policy, test };
}

it('a missing kms:GenerateDataKey is named, and the printed policy repairs it', async () => {
  const user = userWith('no-gdk', allow(['kms:DescribeKey', 'kms:Decrypt'], '*'));
  const run = await user.test();
  expect(run.cause).toBe('iam-not-allowed');
  expect(run.hop('generate-data-key').status).toBe('fail');
  expect(run.finished.finding?.fixes[0]).toMatchObject({ kind: 'iam-policy', target: user.arn });
  lab.simulator.admin.putUserPolicy('no-gdk', added(user.policy, printed(run, 'iam-policy')));
  expect((await user.test()).finished.status).toBe('SUCCESS');
});

it('a missing kms:Decrypt is named at its own hop, and the printed policy repairs it', async () => {
  const user = userWith('no-decrypt', allow(['kms:DescribeKey', 'kms:GenerateDataKey'], '*'));
  const run = await user.test();
  expect(run.hop('decrypt')).toMatchObject({ status: 'fail', finding: { code: 'iam-not-allowed' } });
  lab.simulator.admin.putUserPolicy('no-decrypt', added(user.policy, printed(run, 'iam-policy')));
  expect((await user.test()).finished.status).toBe('SUCCESS');
});

it('not being allowed to describe the key is a warning with its fix, and the key is proven all the same', async () => {
  const run = await userWith('no-describe', allow(['kms:GenerateDataKey', 'kms:Decrypt'], '*')).test();
  expect(run.finished).toEqual({ type: 'finished', status: 'SUCCESS' });
  expect(run.hop('describe-key')).toMatchObject({ status: 'warn', finding: { code: 'iam-not-allowed' } });
});

it('not being allowed to ask for rotation is not worth a warning', async () => {
  const run = await userWith('no-rotation', allow(ALL, '*')).test();
  expect(run.statuses).not.toContain('warn');
  const facts = run.events.flatMap((event) => (event.type === 'hop-finished' ? event.result.facts : []));
  expect(facts).toContainEqual({ name: 'Rotation', value: 'not known (AccessDeniedException)' });
});

it('a policy printed for an alias lets the key behind it be used', async () => {
  const user = userWith('alias-user', allow(['s3:GetObject'], '*'));
  const { aliasArn } = lab.key('working');
  const run = await user.test(aliasArn);
  expect(run.cause).toBe('iam-not-allowed');
  const statement = {
    ...allow(ALL, '*'),
    Statement: [{ ...Object(printed(run, 'iam-policy').Statement[0]), Action: ALL }],
  };
  lab.simulator.admin.putUserPolicy('alias-user', statement);
  expect((await user.test(aliasArn)).finished.status).toBe('SUCCESS');
});

it('a key policy that leaves no one in is named, and the printed statement repairs it', async () => {
  const someone = 'arn:aws:iam::111122223333:role/wardline-host';
  const grant = { Effect: 'Allow', Principal: { AWS: someone }, Action: 'kms:*', Resource: '*' };
  const policy = { Version: '2012-10-17', Statement: [grant] };
  const { arn } = lab.simulator.admin.createKey({ name: 'closed', policy });
  const user = userWith('outsider', allow(['s3:GetObject'], '*'));
  const run = await user.test(arn);
  expect(run.cause).toBe('key-policy-not-allowed');
  lab.simulator.admin.putKeyPolicy(arn, added(policy, printed(run, 'key-policy')));
  expect((await user.test(arn)).finished.status).toBe('SUCCESS');
});

it('a Deny in the key policy is told apart, because no Allow can outweigh it', async () => {
  const run = await collect(lab.task(lab.manual(), { keyArn: lab.key('denied').arn }), lab.ambient());
  expect(run.cause).toBe('key-policy-deny');
});

it('a key of another account needs both printed policies', async () => {
  const owner = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::444455556666:root' },
    Action: 'kms:*',
    Resource: '*',
  };
  const policy = { Version: '2012-10-17', Statement: [owner] };
  const { arn } = lab.simulator.admin.createKey({ name: 'theirs', accountId: '444455556666', policy });
  const user = userWith('visitor', allow(['s3:GetObject'], '*'));
  const run = await user.test(arn);
  expect(run.cause).toBe('key-other-account');
  lab.simulator.admin.putKeyPolicy(arn, added(policy, printed(run, 'key-policy')));
  expect((await user.test(arn)).finished.status).toBe('FAILURE');
  lab.simulator.admin.putUserPolicy('visitor', printed(run, 'iam-policy'));
  expect((await user.test(arn)).finished.status).toBe('SUCCESS');
});

it('a Deny of the organization and of a permissions boundary name their owner', async () => {
  const user = userWith('bounded', allow(['kms:*'], '*'));
  lab.simulator.admin.putServiceControlPolicy(deny(['kms:GenerateDataKey']));
  const byOrganization = await user.test();
  expect(byOrganization.cause).toBe('explicit-deny');
  expect(byOrganization.finished.finding?.title).toBe('A service control policy forbids this call');
  lab.simulator.admin.putServiceControlPolicy(undefined);
  lab.simulator.admin.putPermissionsBoundary('users', 'bounded', allow(['s3:*'], '*'));
  const byBoundary = await user.test();
  expect(byBoundary.cause).toBe('explicit-deny');
  expect(byBoundary.finished.finding?.title).toBe('A permissions boundary forbids this call');
});

it('the policy of a VPC endpoint is named, and the printed one repairs it', async () => {
  const other = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:user/nobody' },
    Action: 'kms:*',
    Resource: '*',
  };
  lab.simulator.admin.putVpcEndpointPolicy({ Version: '2012-10-17', Statement: [other] });
  const run = await collect(lab.task(lab.manual()), lab.ambient());
  expect(run.cause).toBe('endpoint-policy');
  lab.simulator.admin.putVpcEndpointPolicy(printed(run, 'endpoint-policy'));
  expect((await collect(lab.task(lab.manual()), lab.ambient())).finished.status).toBe('SUCCESS');
});
