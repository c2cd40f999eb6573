import { act, screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectorResponse } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';
import { startWizardServer, stepHeading } from '../../test-support/wizard-server.ts';
import { EMPTY_DRAFT } from './draft/draft.ts';
import { useDraftStore } from './draft/draft-store.ts';

const at = (step: string): string => `/settings/connectors/new/aws-kms/${step}`;
let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
});

const putNew = (changes: Partial<typeof EMPTY_DRAFT>): void =>
  useDraftStore.getState().put('new', { ...EMPTY_DRAFT, name: 'A', identifier: 'A', ...changes }, []);

describe('the way through the wizard', () => {
  it('leads to the first incomplete step when a later one is opened without a draft', async () => {
    const { router } = renderApp(at('test'));
    await stepHeading('Overview');
    expect(router.state.location.pathname).toBe(at('overview'));
  });

  it('has a step for the connectivity mode with OIDC only', async () => {
    const oidc = { iamRoleArn: 'arn:aws:iam::111122223333:role/a', kmsArnInPlainText: 'arn', region: 'eu-west-1' };
    putNew({ credentialType: 'OidcAuthentication', ...oidc });
    renderApp(at('connectivity'));
    await stepHeading('Connectivity Mode');
    act(() => putNew({ credentialType: 'AssumeIAMRole', ...oidc }));
    await stepHeading('Delegates Setup');
  });

  it('keeps the draft while one looks at another page, and focuses the heading of the step', async () => {
    const { router, user } = renderApp(at('overview'));
    await user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Kept');
    await act(() => router.navigate({ to: '/settings/connectors/new/aws-kms/$step', params: { step: 'overview' } }));
    await act(() => router.navigate({ to: '/settings/simulator' }));
    await act(() => router.navigate({ to: '/settings/connectors/new/aws-kms/$step', params: { step: 'overview' } }));
    expect(await screen.findByRole('textbox', { name: /^Name/ })).toHaveValue('Kept');
    expect(await stepHeading('Overview')).toHaveFocus();
  });

  it('goes back by the stepper, and keeps what was typed', async () => {
    const { user } = renderApp(at('overview'));
    await user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Kept{Enter}');
    await stepHeading('Details');
    expect(screen.getByRole('button', { name: /Delegates Setup/ })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: /Overview.*done/ }));
    await stepHeading('Overview');
    expect(screen.getByRole('textbox', { name: /^Name/ })).toHaveValue('Kept');
  });

  it('discards the draft only after asking', async () => {
    const { user } = renderApp(at('overview'));
    await user.type(await screen.findByRole('textbox', { name: /^Name/ }), 'Gone');
    await user.click(screen.getByRole('button', { name: 'Discard draft' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Discard this draft?' }));
    expect(dialog.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Overview: Name',
      'Overview: ID',
    ]);
    expect(dialog.getByText(/Secrets that you created on the way stay/)).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'Keep it' }));
    expect(useDraftStore.getState().entries.new?.draft.name).toBe('Gone');
    await user.click(screen.getByRole('button', { name: 'Discard draft' }));
    await user.click(await screen.findByRole('button', { name: 'Discard' }));
    await screen.findByRole('heading', { level: 1, name: 'Connectors' });
    expect(useDraftStore.getState().entries.new).toBeUndefined();
  });
});

describe('editing a stored connector', () => {
  it('opens any step with what is stored', async () => {
    server.addConnector(connectorResponse());
    renderApp('/settings/connectors/payments/edit/details');
    expect(await screen.findByDisplayValue(/89ab$/)).toBeVisible();
    expect(await screen.findByText('account.key_id')).toBeVisible();
  });

  it('needs the changes stored before they can be tested', async () => {
    server.addConnector(connectorResponse());
    const stored = connectorResponse().connector;
    useDraftStore.getState().put('edit:payments', { ...EMPTY_DRAFT, name: stored.name, identifier: 'payments' }, []);
    const { router } = renderApp('/settings/connectors/payments/edit/test');
    await stepHeading('Details');
    expect(router.state.location.pathname).toBe('/settings/connectors/payments/edit/details');
  });
});

describe('the connector of a URL', () => {
  it('is said to be gone where there is none, with the way back to the list', async () => {
    const message = 'There is no connector gone.';
    server.refuse('GET', '/ng/api/connectors/gone', 400, {
      status: 'ERROR',
      code: 'CONNECTOR_NOT_FOUND_EXCEPTION',
      message,
      correlationId: 'c-1',
      detailedMessage: null,
      responseMessages: [],
      metadata: null,
    });
    renderApp('/settings/connectors/gone/edit/details');
    expect(await screen.findByRole('heading', { name: 'There is no such connector' })).toBeVisible();
    expect(screen.getByRole('link', { name: 'See all connectors' })).toHaveAttribute('href', '/settings/connectors');
    expect(screen.getByRole('navigation', { name: 'Breadcrumbs' })).toBeVisible();
    expect(screen.queryByText(message)).toBeNull();
  });
});

describe('the help beside a step', () => {
  it('fills what was typed into the documents', async () => {
    const key = 'arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab';
    putNew({ credentialType: 'AssumeSTSRole', kmsArnInPlainText: key, externalName: 'ext-9' });
    const { user } = renderApp(at('details'));
    expect(await screen.findByText(/"sts:ExternalId": "ext-9"/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'IAM policy: use the key' }));
    expect(screen.getByText(new RegExp(`"Resource": "${key}"`))).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Copy IAM policy: use the key' }));
    expect(await navigator.clipboard.readText()).toContain(key);
    await user.click(screen.getByRole('button', { name: 'Help' }));
    expect(screen.queryByText(/"sts:ExternalId"/)).toBeNull();
  });
});
