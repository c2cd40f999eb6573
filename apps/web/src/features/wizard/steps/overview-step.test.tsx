import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { connectorResponse } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { startWizardServer, stepHeading } from '../../../test-support/wizard-server.ts';

const OVERVIEW = '/settings/connectors/new/aws-kms/overview';
let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
});

const nameField = () => screen.findByRole('textbox', { name: /^Name/ });
const idField = () => screen.findByRole('textbox', { name: /^ID/ });
const continueButton = () => screen.getByRole('button', { name: 'Continue' });

describe('Overview', () => {
  it('says that a tag is there twice, instead of keeping one of the two', async () => {
    const { user } = renderApp(OVERVIEW);
    await user.type(await nameField(), 'Tagged');
    await user.type(screen.getByRole('combobox', { name: 'Tags' }), 'env{Enter}env:2{Enter}');
    await user.click(continueButton());
    expect(await screen.findByText('The tag “env” is there twice.')).toBeVisible();
  });

  it('names the tag that can’t be kept', async () => {
    const { user } = renderApp(OVERVIEW);
    await user.type(await nameField(), 'Tagged');
    await user.type(screen.getByRole('combobox', { name: 'Tags' }), 'env:prod{Enter}:lost{Enter}');
    await user.click(continueButton());
    expect(await screen.findByText('“:lost”: A tag needs a key.')).toBeVisible();
  });

  it('derives the ID from the name while one types, until it is edited by hand', async () => {
    const { user } = renderApp(OVERVIEW);
    await user.type(await nameField(), 'My KMS 1');
    expect(screen.getByText('My_KMS_1')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Edit ID' }));
    await user.clear(await idField());
    await user.type(await idField(), 'own_id');
    await user.type(await nameField(), ' more');
    expect(await idField()).toHaveValue('own_id');
    await user.click(screen.getByRole('button', { name: 'Follow the name again' }));
    expect(screen.getByText('My_KMS_1_more')).toBeVisible();
  });

  it('says next to the field that an ID is taken, when one wants to continue', async () => {
    server.addConnector(connectorResponse());
    const { user, router } = renderApp(OVERVIEW);
    await user.type(await nameField(), 'payments{Enter}');
    expect(await screen.findByText(/“payments” exists already/)).toBeVisible();
    expect(router.state.location.pathname).toBe(OVERVIEW);
    await user.type(await idField(), '_2');
    expect(screen.queryByText(/exists already/)).toBeNull();
    await user.click(continueButton());
    await stepHeading('Details');
  });

  it('focuses the first wrong field and explains it', async () => {
    const { user } = renderApp(OVERVIEW);
    await stepHeading('Overview');
    await user.click(continueButton());
    expect(await nameField()).toHaveFocus();
    expect(screen.getByText('Enter a name.')).toBeVisible();
  });

  it('refuses an ID that breaks the rules before asking the server', async () => {
    const { user } = renderApp(OVERVIEW);
    await user.type(await nameField(), 'x');
    await user.click(screen.getByRole('button', { name: 'Edit ID' }));
    await user.clear(await idField());
    expect(screen.getByText(/^Starts with a letter or _;/)).toBeVisible();
    await user.type(await idField(), '1st-id');
    await user.click(continueButton());
    expect(await idField()).toBeInvalid();
    expect(server.requests.some(({ path }) => path.endsWith('validateUniqueIdentifier'))).toBe(false);
  });

  it('shows the ID of a stored connector as fixed, and asks nothing about it', async () => {
    server.addConnector(connectorResponse());
    const { user } = renderApp('/settings/connectors/payments/edit/overview');
    expect(await screen.findByText(/can’t change/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Edit ID' })).toBeNull();
    await user.click(continueButton());
    await stepHeading('Details');
    expect(server.requests.some(({ path }) => path.endsWith('validateUniqueIdentifier'))).toBe(false);
  });
});
