import { awsKmsSpecInputSchema } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { embeddedDelegate } from '../delegates/embedded-delegate.ts';
import { chooseRunner } from './choose-runner.ts';
import type { RegisteredDelegate } from './delegate-registry.ts';
import { createRunners, type Runners } from './runners.ts';

const options = { config: { awsEndpoints: {} }, simulator: undefined, now: () => new Date() };
const runners = createRunners(options);
const embedded = embeddedDelegate(options);

function withDelegates(...delegates: RegisteredDelegate[]): Runners {
  return { platform: runners.platform, delegates: { list: () => delegates } };
}

const asleep: RegisteredDelegate = {
  runner: embedded.runner,
  describe: () => ({ ...embedded.describe(), groupName: 'asleep', activelyConnected: false }),
};

function spec(credential: object, more: object = {}) {
  const key = { kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:alias/a', region: 'eu-west-1' };
  return awsKmsSpecInputSchema.parse({ ...key, credential, ...more });
}

const oidc = { type: 'OidcAuthentication', spec: { iamRoleArn: 'arn:aws:iam::111122223333:role/r' } };
const iam = (...delegateSelectors: string[]) => ({ type: 'AssumeIAMRole', spec: { delegateSelectors } });

describe('choosing who runs a test', () => {
  it('is the platform where the connector says so', () => {
    const choice = chooseRunner(spec(oidc, { executeOnDelegate: false }), runners);
    expect(choice).toMatchObject({ kind: 'platform', runner: { runner: { kind: 'platform' } } });
  });

  it('is any connected delegate where the connector names no tags', () => {
    const choice = chooseRunner(spec(oidc, { executeOnDelegate: true }), runners);
    expect(choice).toMatchObject({ kind: 'delegate', runner: { runner: { kind: 'delegate', name: 'embedded' } } });
  });

  it('compares tags without case and counts the host name as one', () => {
    const host = embedded.runner.runner.hostName.toUpperCase();
    expect(chooseRunner(spec(iam('Embedded', host)), runners).kind).toBe('delegate');
  });

  it('never is the platform for the identity of a delegate, even if the connector asks for it', () => {
    const choice = chooseRunner(spec(iam('embedded'), { executeOnDelegate: false }), runners);
    expect(choice.kind).toBe('delegate');
  });

  it('passes over a delegate that is not connected', () => {
    const choice = chooseRunner(spec(iam('embedded')), withDelegates(asleep, embedded));
    expect(choice).toMatchObject({ kind: 'delegate', runner: { runner: { name: 'embedded' } } });
  });

  it('is nobody when a tag is missing, and the finding names the tags and what each delegate lacks', () => {
    const choice = chooseRunner(spec(iam('embedded', 'eu-vpc')), withDelegates(asleep, embedded));
    if (choice.kind !== 'none') throw new Error(`chose a ${choice.kind}`);
    expect(choice.finding.code).toBe('delegate-not-available');
    expect(choice.finding.title).toContain('“embedded”, “eu-vpc”');
    expect(choice.finding.explanation).toContain('Delegate “embedded” lacks the tag “eu-vpc”.');
    expect(choice.finding.explanation).toContain('Delegate “asleep” lacks the tag “eu-vpc” and is not connected.');
    expect(choice.finding.fixes.map(({ title }) => title)).toEqual([
      'Use the tags of delegate “asleep”',
      'Use the tags of delegate “embedded”',
      'Choose other delegates',
    ]);
    expect(choice.finding.fixes[1]?.body).toContain('use only what “embedded” has: ');
  });

  it('is nobody when no delegate is registered', () => {
    const choice = chooseRunner(spec(oidc, { executeOnDelegate: true }), withDelegates());
    expect(choice).toMatchObject({ kind: 'none', finding: { title: 'No delegate is connected' } });
  });
});
