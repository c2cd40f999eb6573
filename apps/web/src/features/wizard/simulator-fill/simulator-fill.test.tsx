import { screen } from '@testing-library/react';
import { type SimulatorSeed, settingsSchema, simulatorSeedSchema } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { startWizardServer } from '../../../test-support/wizard-server.ts';
import { type Draft, EMPTY_DRAFT } from '../draft/draft.ts';
import { useDraftStore } from '../draft/draft-store.ts';

const ARN = 'arn:aws:kms:local-1:111122223333:key/';
const issuer = 'http://127.0.0.1:8080/oidc';
const seed: SimulatorSeed = {
  region: 'local-1',
  accountId: '111122223333',
  keys: [
    { name: 'disabled', arn: `${ARN}d`, aliasArn: 'd', state: 'Disabled' },
    { name: 'working', arn: `${ARN}w`, aliasArn: 'w', state: 'Enabled' },
  ],
  users: [{ name: 'app', accessKeyId: 'simulated-id', secretAccessKey: 'simulated-key', can: 'Everything' }],
  roles: [
    {
      name: 'sts',
      arn: 'arn:aws:iam::111122223333:role/sts',
      trust: 'host',
      externalId: 'ext-1',
      maxSessionDuration: 3600,
    },
    {
      name: 'oidc',
      arn: 'arn:aws:iam::111122223333:role/oidc',
      trust: `Tokens of ${issuer}`,
      maxSessionDuration: 3600,
    },
  ],
  oidcProviders: [{ url: issuer, audiences: ['sts.amazonaws.com'] }],
};

beforeEach(() => {
  const server = startWizardServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.answer('GET', '/api/simulator', simulatorSeedSchema, seed);
});

const draftNow = () => useDraftStore.getState().entries.new?.draft;
async function fill(credentialType: Draft['credentialType']) {
  useDraftStore.getState().put('new', { ...EMPTY_DRAFT, name: 'A', identifier: 'A', credentialType }, []);
  const { user } = renderApp('/settings/connectors/new/aws-kms/details');
  await user.click(await screen.findByRole('button', { name: 'Fill from the simulator' }));
}

it('puts a simulated access key into two secrets and refers to them', async () => {
  await fill('ManualConfig');
  expect(await screen.findByText('account.Simulator_app_access_key_ID')).toBeVisible();
  expect(draftNow()).toMatchObject({ kmsArnInPlainText: `${ARN}w`, region: 'local-1' });
  expect(JSON.stringify(draftNow())).not.toContain('simulated-key');
});

it('chooses the role, its external ID and the delegate for STS', async () => {
  await fill('AssumeSTSRole');
  expect(draftNow()).toMatchObject({ roleArn: seed.roles[0]?.arn, externalName: 'ext-1', selectors: ['embedded'] });
});

it('chooses the role that trusts the issuer for OIDC', async () => {
  await fill('OidcAuthentication');
  expect(draftNow()?.iamRoleArn).toBe(seed.roles[1]?.arn);
});
