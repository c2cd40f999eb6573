import { awsKmsSpecInputSchema } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import type { DelegateInstance } from '../delegates/delegate-instance.ts';
import { embeddedDelegate } from '../delegates/embedded-delegate.ts';
import { chooseRunner } from './choose-runner.ts';
import type { ConnectedDelegate } from './delegate-registry.ts';
import type { Runners } from './runners.ts';

const embedded = embeddedDelegate({ config: { awsEndpoints: {} }, simulator: undefined, now: () => new Date() });
const platform = {
  runner: { kind: 'platform', name: 'platform', hostName: 'here' },
  run: embedded.candidate.runner.run,
} as const;

/** The delegates that are connected, and those that the database knows besides. */
function withDelegates(connected: readonly ConnectedDelegate[], others: readonly DelegateInstance[] = []): Runners {
  const all = async () => [...connected.map((delegate) => delegate.describe()), ...others];
  return { platform, delegates: { connected: () => connected, all } };
}

const runners = withDelegates([embedded]);
const asleep: DelegateInstance = { ...embedded.describe(), id: 'asleep', name: 'asleep', connected: false };

function spec(credential: object, more: object = {}) {
  const key = { kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:alias/a', region: 'eu-west-1' };
  return awsKmsSpecInputSchema.parse({ ...key, credential, ...more });
}

const oidc = { type: 'OidcAuthentication', spec: { iamRoleArn: 'arn:aws:iam::111122223333:role/r' } };
const iam = (...delegateSelectors: string[]) => ({ type: 'AssumeIAMRole', spec: { delegateSelectors } });
const byEmbedded = { kind: 'delegates', candidates: [{ runner: { runner: { kind: 'delegate', name: 'embedded' } } }] };

describe('choosing who runs a test', () => {
  it('is the platform where the connector says so', async () => {
    const choice = await chooseRunner(spec(oidc, { executeOnDelegate: false }), {}, runners);
    expect(choice).toMatchObject({ kind: 'platform', runner: { runner: { kind: 'platform' } } });
  });

  it('is any connected delegate where the connector names no tags', async () => {
    expect(await chooseRunner(spec(oidc, { executeOnDelegate: true }), {}, runners)).toMatchObject(byEmbedded);
  });

  it('compares tags without case and counts the host name as one', async () => {
    const host = embedded.describe().hostName.toUpperCase();
    expect(await chooseRunner(spec(iam('Embedded', host)), {}, runners)).toMatchObject(byEmbedded);
  });

  it('never is the platform for the identity of a delegate, even if the connector asks for it', async () => {
    const choice = await chooseRunner(spec(iam('embedded'), { executeOnDelegate: false }), {}, runners);
    expect(choice).toMatchObject(byEmbedded);
  });

  it('is nobody when a tag is missing, and the finding names the tags and what each delegate lacks', async () => {
    const choice = await chooseRunner(spec(iam('embedded', 'eu-vpc')), {}, withDelegates([embedded], [asleep]));
    if (choice.kind !== 'none') throw new Error(`chose ${choice.kind}`);
    expect(choice.finding.code).toBe('delegate-not-available');
    expect(choice.finding.title).toContain('“embedded”, “eu-vpc”');
    expect(choice.finding.explanation).toContain('Delegate “embedded” lacks the tag “eu-vpc”.');
    expect(choice.finding.explanation).toContain('Delegate “asleep” lacks the tag “eu-vpc” and is not connected.');
    expect(choice.finding.fixes.map(({ title }) => title)).toEqual([
      'Use the tags of delegate “embedded”',
      'Use the tags of delegate “asleep”',
      'Choose other delegates',
    ]);
    expect(choice.finding.fixes[0]?.body).toContain('use only what “embedded” has: ');
  });

  it('is nobody when replicas have the tags only together, and names what the nearest of them lacks', async () => {
    const replica = (id: string, tags: string[]) => ({ ...embedded.describe(), id, name: 'twins', tags });
    const instances = [replica('1', []), replica('2', ['eu-vpc'])];
    const choice = await chooseRunner(spec(iam('eu-vpc', 'prod')), {}, withDelegates([], instances));
    if (choice.kind !== 'none') throw new Error(`chose ${choice.kind}`);
    expect(choice.finding.explanation).toContain('Delegate “twins” lacks the tag “prod”.');
  });

  it('is nobody, and names the nearest twenty of however many delegates someone made up', async () => {
    const made = Array.from({ length: 5000 }, (_, n) => ({ ...asleep, id: `m${n}`, name: `made-up-${n}` }));
    const near = { ...embedded.describe(), id: 'near', name: 'near', tags: ['eu-vpc'] };
    const choice = await chooseRunner(spec(iam('eu-vpc', 'prod')), {}, withDelegates([], [...made, near]));
    if (choice.kind !== 'none') throw new Error(`chose ${choice.kind}`);
    const { explanation, fixes } = choice.finding;
    expect(explanation).toContain('Delegate “near” lacks the tag “prod”.');
    expect(explanation).toContain('And so with 4981 more.');
    expect(explanation.length).toBeLessThan(3000);
    expect(fixes).toHaveLength(21);
  });

  it('is nobody when no delegate is connected, and says which would match if it were', async () => {
    const choice = await chooseRunner(spec(oidc, { executeOnDelegate: true }), {}, withDelegates([], [asleep]));
    expect(choice).toMatchObject({ kind: 'none', finding: { title: 'No delegate is connected' } });
    expect(choice).toMatchObject({ finding: { fixes: [{ title: 'Start delegate “asleep”' }, {}] } });
  });
});
