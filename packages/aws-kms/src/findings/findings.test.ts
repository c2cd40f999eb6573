import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findingSchema } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { ACCESS_ROWS } from '../test-support/access-rows.ts';
import { aws, evidence, KEY, type Row } from '../test-support/evidence.ts';
import { HOST_ROWS } from '../test-support/host-rows.ts';
import { IDENTITY_ROWS } from '../test-support/identity-rows.ts';
import { KEY_ROWS } from '../test-support/key-rows.ts';
import { ROLE_ROWS } from '../test-support/role-rows.ts';
import { SERVICE_ROWS } from '../test-support/service-rows.ts';
import { explain, FINDINGS, UNKNOWN_CAUSE } from './explain.ts';

const ROWS: readonly Row[] = [
  ...IDENTITY_ROWS,
  ...KEY_ROWS,
  ...ACCESS_ROWS,
  ...ROLE_ROWS,
  ...HOST_ROWS,
  ...SERVICE_ROWS,
];

describe('every row of the table of causes', () => {
  it.each(ROWS)('row $row, $what: $code', ({ row, evidence: shown, code, says }) => {
    const finding = findingSchema.parse(explain(shown));
    expect(finding.code).toBe(code);
    expect(FINDINGS.filter((rule) => rule.code === code).some(({ rows }) => rows.includes(row))).toBe(true);
    const text = [finding.title, finding.explanation, ...finding.fixes.flatMap((fix) => Object.values(fix))].join('\n');
    for (const fragment of says) expect(text).toContain(fragment);
    expect(finding.fixes.length).toBeGreaterThan(0);
  });

  it('none of the 49 rows is missing', () => {
    const covered = new Set(ROWS.map(({ row }) => row));
    expect([...Array(49).keys()].map((index) => index + 1).filter((row) => !covered.has(row))).toEqual([]);
  });
});

describe('the fixes', () => {
  const fixes = ROWS.flatMap(({ evidence: shown }) => explain(shown).fixes);

  it('commands are what a shell can read, and their policies are the printed ones', async () => {
    const commands = fixes.filter(({ kind }) => kind === 'command').map(({ body }) => body);
    const printed = fixes.filter(({ kind }) => kind === 'iam-policy').map(({ body }) => JSON.parse(body));
    await promisify(execFile)('sh', ['-n', '-c', commands.join('\n')]);
    const attach = commands.filter((body) => body.includes('--policy-document '));
    expect(attach.length).toBeGreaterThan(3);
    const script = `aws() { for last; do :; done; printf '%s\\n' "$last"; }\n${attach.join('\n')}`;
    const { stdout } = await promisify(execFile)('sh', ['-c', script]);
    for (const line of stdout.trim().split('\n')) expect(printed).toContainEqual(JSON.parse(line));
  });

  it('sentences begin with a capital letter, an address or a name in quotes', () => {
    for (const { evidence: shown } of ROWS) {
      const { title, explanation } = explain(shown);
      for (const text of [title, explanation]) expect(text).toMatch(/^(\p{Lu}|“|arn:|https?:)/u);
    }
  });

  it('policies are complete documents of the present policy language', () => {
    const policies = fixes.filter(({ kind }) => kind.endsWith('-policy'));
    expect(policies.length).toBeGreaterThan(10);
    for (const { body } of policies) {
      expect(JSON.parse(body)).toMatchObject({ Version: '2012-10-17', Statement: [{ Effect: 'Allow' }] });
    }
  });

  it('no policy names a session: sessions become the role, with its path', () => {
    for (const { body } of fixes.filter(({ kind }) => kind.endsWith('-policy')))
      expect(body).not.toContain('assumed-role');
  });

  it('every command of the AWS CLI names its region', () => {
    for (const { body } of fixes.filter(({ kind, body }) => kind === 'command' && body.startsWith('aws '))) {
      expect(body).toMatch(/--region(-name)? us-/);
    }
  });

  it('nothing is left of the partition aws where the key is in GovCloud', () => {
    for (const { body } of fixes) expect(body).not.toContain('arn:aws:');
  });
});

it('an alias is pinned by its key resources, because its ARN is no resource for key use', () => {
  const keyArn = 'arn:aws:kms:us-east-1:111122223333:alias/app';
  const message = `User: arn:aws:iam::111122223333:user/ada is not authorized to perform: kms:DescribeKey on resource: ${keyArn} because no identity-based policy allows the kms:DescribeKey action`;
  const { fixes } = explain(
    aws('describe-key', 'DescribeKey', 'AccessDeniedException', message, { keyArn, partition: 'aws' }),
  );
  expect(JSON.parse(fixes[0]?.body ?? '')).toMatchObject({
    Statement: [
      {
        Resource: 'arn:aws:kms:us-east-1:111122223333:key/*',
        Condition: { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } },
      },
    ],
  });
});

it('what nobody has named yet quotes the code of AWS and says how to go on', () => {
  const finding = explain(aws('decrypt', 'Decrypt', 'SomethingNewException', 'Never seen.'));
  expect(finding.code).toBe(UNKNOWN_CAUSE);
  expect(finding.explanation).toContain('Decrypt with SomethingNewException: “Never seen.”');
  expect(finding.fixes.map(({ body }) => body).join()).toContain(`--key-id ${KEY}`);
});

it.each([
  ['cancelled', evidence('decrypt', { kind: 'stopped', operation: 'Decrypt', why: 'cancelled' })],
  ['defect', evidence('decrypt', { kind: 'defect', detail: 'TypeError: x' })],
  ['plaintext-differs', evidence('decrypt', { kind: 'proof', problem: 'plaintext-differs' })],
  ['context-refused-by-policy', evidence('context-binding', { kind: 'proof', problem: 'context-refused-by-policy' })],
  ['stray-whitespace', evidence('validate', { kind: 'setting', problem: 'stray-whitespace', field: 'AWS ARN' })],
  [
    'access-key-missing',
    evidence('validate', { kind: 'setting', problem: 'access-key-missing', field: 'AWS Access Key ID' }),
  ],
  [
    'access-key-id-malformed',
    evidence('validate', { kind: 'setting', problem: 'access-key-id-malformed', swapped: true }),
  ],
  ['key-state', evidence('describe-key', { kind: 'key', problem: 'state', state: 'Creating' })],
  [
    'oidc-token-refused',
    aws(
      'assume-role',
      'AssumeRoleWithWebIdentity',
      'InvalidIdentityTokenException',
      'The ID Token signature is not valid.',
    ),
  ],
  [
    'kms-access-denied',
    aws(
      'describe-key',
      'DescribeKey',
      'AccessDeniedException',
      'User: arn:aws-us-gov:iam::111122223333:user/ada is not authorized to perform: kms:DescribeKey',
    ),
  ],
] as const)('a cause beyond the table: %s', (code, shown) => {
  expect(explain(shown).code).toBe(code);
});

it('every cause in the catalogue is covered by a row or named above', () => {
  const beyond = ['cancelled', 'defect', 'plaintext-differs', 'context-refused-by-policy', 'stray-whitespace'];
  const seen = new Set([
    ...ROWS.map(({ code }) => code),
    ...beyond,
    'access-key-missing',
    'access-key-id-malformed',
    'key-state',
    'oidc-token-refused',
    'kms-access-denied',
  ]);
  expect(FINDINGS.map(({ code }) => code).filter((code) => !seen.has(code))).toEqual([]);
});

it('a value that a shell would interpret stands quoted in every command', () => {
  const trap = 'arn:aws-us-gov:iam::111122223333:role/$(id)/kms-user';
  const credential = { type: 'AssumeSTSRole', roleArn: trap, durationSeconds: 3600 } as const;
  const message = `User: ${trap} is not authorized to perform: sts:AssumeRole with an explicit deny in a permissions boundary`;
  const { fixes } = explain(aws('assume-role', 'AssumeRole', 'AccessDenied', message, { credential }));
  const simulate = fixes.find(({ body }) => body.includes('simulate-principal-policy'))?.body;
  expect(simulate).toContain(`--resource-arns '${trap}'`);
  expect(simulate).toContain(`--policy-source-arn '${trap}'`);
});
