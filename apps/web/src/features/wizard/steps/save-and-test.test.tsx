import { act, screen, waitFor } from '@testing-library/react';
import { testEventSchema } from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectorResponse, passedTest } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { eventsOf, startWizardServer, stepHeading } from '../../../test-support/wizard-server.ts';
import { type Draft, EMPTY_DRAFT } from '../draft/draft.ts';
import { useDraftStore } from '../draft/draft-store.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab';
const TEST = '/ng/api/connectors/testConnection/A';
let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
});

function openDelegates(changes: Partial<Draft> = {}) {
  const ready = { name: 'A', identifier: 'A', kmsArnInPlainText: KEY, region: 'eu-west-1' };
  const access = { accessKey: 'account.key_id', secretKey: 'account.key_secret' };
  useDraftStore.getState().put('new', { ...EMPTY_DRAFT, ...ready, ...access, ...changes }, []);
  return renderApp('/settings/connectors/new/aws-kms/delegates');
}
const save = () => screen.findByRole('button', { name: 'Save and Continue' });

describe('Delegates Setup', () => {
  it('forces tags where the credential is the host’s own, and says why', async () => {
    const { user } = openDelegates({ credentialType: 'AssumeIAMRole' });
    expect(await screen.findByRole('radio', { name: /^Any delegate/ })).toBeDisabled();
    expect(screen.getByText(/uses the AWS identity of a delegate’s host/)).toBeVisible();
    await user.click(await save());
    expect(screen.getByText('Enter at least one delegate tag.')).toBeVisible();
  });

  it('counts and shows which delegates match, and warns without blocking', async () => {
    const { user } = openDelegates({ credentialType: 'AssumeIAMRole' });
    const tags = await screen.findByRole('combobox', { name: /^Delegate tags/ });
    await user.type(tags, 'EMBEDDED{Enter}');
    expect(await screen.findByText('1/1 matching')).toBeVisible();
    await user.type(tags, 'gpu{Enter}');
    expect(screen.getByText('0/1 matching')).toBeVisible();
    expect(screen.getByText('lacks gpu')).toBeVisible();
    expect(screen.getByText(/No delegate has all of these tags/)).toBeVisible();
    await user.click(await save());
    await stepHeading('Connection Test');
  });

  it('needs no delegate for the platform, and saves all the same', async () => {
    const role = 'arn:aws:iam::111122223333:role/oidc';
    const { user } = openDelegates({
      credentialType: 'OidcAuthentication',
      iamRoleArn: role,
      executeOnDelegate: false,
    });
    expect(await screen.findByText('No delegate is needed')).toBeVisible();
    expect(screen.getByText(/^You chose the platform, so this connector needs no delegate/)).toBeVisible();
    expect(screen.queryByText(/runs on a delegate that has every tag/)).toBeNull();
    await user.click(await save());
    await stepHeading('Connection Test');
    expect(server.sent('POST', '/ng/api/connectors').spec.executeOnDelegate).toBe(false);
  });

  it('leads to the field that the server refused', async () => {
    server.refuse('POST', '/ng/api/connectors', 400, {
      status: 'FAILURE',
      code: 'INVALID_REQUEST',
      message: 'not as documented',
      correlationId: 'c',
      errors: [{ fieldId: 'connector.spec.credential.spec.accessKey', error: 'The secret key_id does not exist.' }],
    });
    const { user } = openDelegates();
    await user.click(await save());
    await user.click(await screen.findByRole('button', { name: 'Details: AWS Access Key ID' }));
    await stepHeading('Details');
    expect(screen.getByText('The secret key_id does not exist.')).toBeVisible();
  });
});

describe('Connection Test', () => {
  it('starts once by itself after saving, on the stored connector, and finishes on its page', async () => {
    const { user, router } = openDelegates();
    await user.click(await save());
    expect(await screen.findByRole('heading', { name: 'Connection successful' })).toBeVisible();
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(/^A$/);
    expect(screen.getByText('Saved. Now its connection is tested.')).toBeVisible();
    expect(server.requests.filter(({ path }) => path === TEST)).toHaveLength(1);
    expect(router.state.location.pathname).toBe('/settings/connectors/A/edit/test');
    expect(useDraftStore.getState().entries).toEqual({});
    await user.click(screen.getByRole('button', { name: 'Finish' }));
    expect(router.state.location.pathname).toBe('/settings/connectors/A');
  });

  it('is followed, on the way back, by the connector that was created, and by an empty wizard on the next one', async () => {
    const { user, router } = openDelegates();
    await user.click(await screen.findByRole('button', { name: 'Back' }));
    await stepHeading('Details');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await user.click(await save());
    await screen.findByRole('heading', { name: 'Connection successful' });
    act(() => router.history.back());
    await stepHeading('Details');
    expect(router.state.location.pathname).toBe('/settings/connectors/A/edit/details');
    expect(screen.getByRole('textbox', { name: /^AWS ARN/ })).toHaveValue(KEY);
    act(() => router.history.back());
    await waitFor(() => expect(router.state.location.pathname).toBe('/settings/connectors/A/edit/delegates'));
    await act(() => router.navigate({ to: '/settings/connectors/new/aws-kms' }));
    expect(await screen.findByRole('textbox', { name: /^Name/ })).toHaveValue('');
    expect(router.state.location.pathname).toBe('/settings/connectors/new/aws-kms/overview');
  });

  it('offers Edit, Retest, Back and a marked way out after a failure', async () => {
    server.test(passedTest({ status: 'FAILURE', trace: passedTest().trace.slice(0, 2) }));
    const { user } = openDelegates();
    await user.click(await save());
    await screen.findByRole('heading', { name: 'Connection failed' });
    expect(screen.queryByRole('button', { name: 'Finish' })).toBeNull();
    expect(screen.getByRole('button', { name: 'Finish without a working connection' })).toBeVisible();
    expect(screen.getByRole('button', { name: 'Back' })).toBeVisible();
    server.test(passedTest());
    await user.click(screen.getByRole('button', { name: 'Retest' }));
    await screen.findByRole('heading', { name: 'Connection successful' });
  });

  it('jumps from a failure to Details, with the ID fixed from now on', async () => {
    server.test(passedTest({ status: 'FAILURE', trace: [] }));
    const { user, router } = openDelegates();
    await user.click(await save());
    await user.click(await screen.findByRole('button', { name: 'Edit' }));
    await stepHeading('Details');
    expect(router.state.location.pathname).toBe('/settings/connectors/A/edit/details');
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Edit A');
  });

  it('leads from a fix to the step that has the setting', async () => {
    const fix = { kind: 'setting', title: 'Change “AWS ARN”', body: 'Enter another ARN.', target: 'AWS ARN' } as const;
    const finding = { code: 'key-disabled', title: 'The key is disabled', explanation: 'It is off.', fixes: [fix] };
    server.test(passedTest({ status: 'FAILURE', trace: [], finding }));
    const { user, router } = openDelegates();
    await user.click(await save());
    expect(await screen.findByText('The key is disabled. Why, and how to fix it, is shown below.')).toBeVisible();
    await user.click(await screen.findByRole('link', { name: 'Edit in Details' }));
    await stepHeading('Details');
    expect(router.state.location.pathname).toBe('/settings/connectors/A/edit/details');
  });

  it('says so when the connection is lost midway, and tests again', async () => {
    server.addConnector(connectorResponse());
    const path = '/ng/api/connectors/testConnection/payments';
    server.stream('POST', path, testEventSchema, eventsOf(passedTest()).slice(0, 4));
    const { user } = renderApp('/settings/connectors/payments/edit/test');
    expect(await screen.findByRole('heading', { name: 'The test was interrupted' })).toBeVisible();
    server.stream('POST', path, testEventSchema, eventsOf(passedTest()));
    await user.click(screen.getByRole('button', { name: 'Retest' }));
    await screen.findByRole('heading', { name: 'Connection successful' });
  });
});
