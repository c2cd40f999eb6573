import { type ConnectorOutput, CREDENTIAL_TYPES, connectorInputSchema } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { connectorResponse } from '../../../test-support/fixtures.ts';
import { type Draft, EMPTY_DRAFT } from './draft.ts';
import { draftOf, draftToRequest } from './draft-request.ts';

const filled: Draft = {
  ...EMPTY_DRAFT,
  name: 'Payments',
  identifier: 'payments',
  identifierSource: 'typed',
  tags: ['prod', 'team:core', 'url:https://x'],
  accessKey: 'account.key_id',
  secretKey: 'account.key_secret',
  kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab',
  region: 'eu-west-1',
  roleArn: 'arn:aws:iam::111122223333:role/app',
  externalName: 'ext-1',
  assumeStsRoleDuration: '1800',
  iamRoleArn: 'arn:aws:iam::111122223333:role/oidc',
  selectorMode: 'tagged',
  selectors: ['embedded'],
};

/** The server's answer to a request, as far as drafts are concerned. */
function answered(draft: Draft): ConnectorOutput {
  const { spec, ...rest } = connectorInputSchema.parse(draftToRequest(draft));
  const base = connectorResponse().connector;
  const { delegateSelectors = [], credential, ...more } = spec;
  return {
    ...base,
    ...rest,
    orgIdentifier: null,
    projectIdentifier: null,
    spec: { ...more, delegateSelectors, credential },
  } as ConnectorOutput;
}

describe.each(CREDENTIAL_TYPES)('a draft with %s', (credentialType) => {
  it('makes a request that the contract accepts, and comes back the same from what is stored', () => {
    const draft = { ...filled, credentialType };
    const back = draftOf(answered(draft));
    const request = draftToRequest(draft);
    expect(draftToRequest(back)).toEqual(request);
  });

  it('sends nothing that only another credential type uses', () => {
    const { spec } = draftToRequest({ ...filled, credentialType }).spec.credential;
    const own = { ManualConfig: 3, AssumeIAMRole: 1, AssumeSTSRole: 4, OidcAuthentication: 2 };
    expect(Object.keys(spec)).toHaveLength(own[credentialType]);
  });
});

it('sends the key ARN in one of its two places only', () => {
  const secret = draftToRequest({ ...filled, keyArnSource: 'secret', kmsArn: 'account.arn' }).spec;
  expect(secret).toMatchObject({ kmsArn: 'account.arn' });
  expect(secret).not.toHaveProperty('kmsArnInPlainText');
});

it('asks for no delegate where the platform talks to AWS', () => {
  const draft: Draft = { ...filled, credentialType: 'OidcAuthentication', executeOnDelegate: false };
  expect(draftToRequest(draft).spec).toMatchObject({ executeOnDelegate: false, delegateSelectors: [] });
});

it('always runs on a delegate where the credential is its host’s', () => {
  const draft: Draft = { ...filled, credentialType: 'AssumeIAMRole', executeOnDelegate: false, selectorMode: 'any' };
  expect(draftToRequest(draft).spec).toMatchObject({ executeOnDelegate: true, delegateSelectors: ['embedded'] });
});

it('keeps later colons in the value of a tag', () => {
  expect(draftToRequest(filled).tags).toEqual({ prod: '', team: 'core', url: 'https://x' });
});
