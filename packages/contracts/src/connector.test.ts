import { describe, expect, it } from 'vitest';
import { connectorInputSchema } from './connector.ts';
import { effectiveSelectors } from './credential.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k';

const connector = (spec: object, rest: object = {}) => ({
  name: 'kms one',
  identifier: 'kms_one',
  type: 'AwsKms',
  ...rest,
  spec: {
    credential: { type: 'OidcAuthentication', spec: { iamRoleArn: 'r' } },
    kmsArnInPlainText: KEY,
    region: 'eu-west-1',
    ...spec,
  },
});

const problems = (value: unknown): string[] =>
  (connectorInputSchema.safeParse(value).error?.issues ?? []).map(
    ({ path, message, ...issue }) => `${[...path, ...('keys' in issue ? issue.keys : [])].join('.')}: ${message}`,
  );

describe('a connector as clients send it', () => {
  it('gets the defaults of what is left out', () => {
    expect(connectorInputSchema.parse(connector({}))).toEqual({
      name: 'kms one',
      identifier: 'kms_one',
      description: '',
      tags: {},
      type: 'AwsKms',
      spec: {
        credential: { type: 'OidcAuthentication', spec: { iamRoleArn: 'r' } },
        kmsArnInPlainText: KEY,
        region: 'eu-west-1',
        executeOnDelegate: true,
        default: false,
      },
    });
  });

  it('may carry what the Go SDK adds, and the two spellings of the plain ARN', () => {
    const parsed = connectorInputSchema.parse(
      connector(
        { kmsArn: '', kmsArnInPlainText: undefined, KmsArnInPlaintext: KEY, connectorType: '', isDefault: true },
        { _: null, orgIdentifier: '' },
      ),
    );
    expect(parsed.spec.kmsArnInPlainText).toBe(KEY);
    expect(parsed.spec.default).toBe(true);
    expect(parsed).not.toHaveProperty('_');
    expect(parsed.orgIdentifier).toBeUndefined();
  });

  it('may have null for a flag that was never set', () => {
    const { spec } = connectorInputSchema.parse(connector({ executeOnDelegate: null, default: null, isDefault: null }));
    expect(spec).toMatchObject({ executeOnDelegate: true, default: false });
  });

  it('may hold role and key ARNs that are none: only a test can say', () => {
    expect(problems(connector({ kmsArnInPlainText: 'not an arn' }))).toEqual([]);
  });

  it('names a misspelt field instead of ignoring it', () => {
    expect(problems(connector({ regoin: 'x' })).join()).toContain('regoin');
  });

  it('needs exactly one key ARN', () => {
    expect(problems(connector({ kmsArn: 'account.arn' })).join()).toContain('not both');
    expect(problems(connector({ kmsArnInPlainText: '' })).join()).toContain('Give the key ARN');
  });

  it.each(['AssumeIAMRole', 'AssumeSTSRole'])('needs a delegate tag for %s', (type) => {
    const spec = type === 'AssumeSTSRole' ? { roleArn: 'r' } : {};
    expect(problems(connector({ credential: { type, spec } })).join()).toContain('credential.spec.delegateSelectors');
    expect(problems(connector({ credential: { type, spec: { ...spec, delegateSelectors: ['eu'] } } }))).toEqual([]);
    expect(problems(connector({ credential: { type, spec }, delegateSelectors: ['eu'] }))).toEqual([]);
  });

  it.each([
    [{ externalName: 'x' }, 'at least 2'],
    [{ externalName: 'has space' }, 'only letters'],
    [{ assumeStsRoleDuration: 899 }, '900 to 43200'],
    [{ assumeStsRoleDuration: 43_201 }, '900 to 43200'],
  ])('refuses an assumed role with %j', (fields, text) => {
    const spec = { roleArn: 'r', delegateSelectors: ['eu'], ...fields };
    expect(problems(connector({ credential: { type: 'AssumeSTSRole', spec } })).join()).toContain(text);
  });

  it.each([
    [connector({}, { description: '\0' }), 'description'],
    [connector({}, { tags: { a: '\0' } }), 'tags.a'],
    [connector({}, { tags: { '\0': 'a' } }), 'tags'],
    [connector({ region: 'eu\0' }), 'spec.region'],
    [connector({ kmsArnInPlainText: 'arn\0' }), 'spec.kmsArnInPlainText'],
  ])('refuses a character that PostgreSQL cannot store: %#', (input, field) => {
    expect(problems(input).join()).toMatch(new RegExp(`${field.replaceAll('.', '\\.')}.*U\\+0000`));
  });

  it('in a project needs the organization', () => {
    expect(problems(connector({}, { projectIdentifier: 'p' })).join()).toContain('needs its organization');
  });
});

it('the selectors that count are the credential’s for host roles and the connector’s otherwise', () => {
  const spec = (type: 'AssumeIAMRole' | 'ManualConfig') => ({
    credential: { type, spec: { delegateSelectors: ['own'] } },
    delegateSelectors: ['top'],
  });
  expect(effectiveSelectors(spec('AssumeIAMRole'))).toEqual(['own']);
  expect(effectiveSelectors(spec('ManualConfig'))).toEqual(['top']);
  expect(effectiveSelectors({ ...spec('ManualConfig'), delegateSelectors: [] })).toEqual(['own']);
});
