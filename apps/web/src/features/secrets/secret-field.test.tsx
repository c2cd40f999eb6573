import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderUi } from '../../test-support/render.tsx';
import { startWizardServer } from '../../test-support/wizard-server.ts';
import { SecretField } from './secret-field.tsx';

const CANARY = 'canary-value-of-a-secret';
let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
});

function Field({ initial = '' }: { readonly initial?: string }) {
  const [reference, setReference] = useState(initial);
  return <SecretField label="Secret Key" value={reference} onChange={setReference} suggestedName="App secret" />;
}

const openButton = () => screen.findByRole('button', { name: 'Create or Select a Secret' });
const valueField = () => screen.findByLabelText(/^Value/);
const sentSecret = () => server.requests.findLast(({ body }) => JSON.stringify(body ?? '').includes('"secret"'))?.body;

describe('Create or Select a Secret', () => {
  it('creates a secret in the built-in manager and puts its reference into the field', async () => {
    const { user } = renderUi(<Field />);
    await user.click(await openButton());
    expect(await screen.findByText('Built-in Secret Manager')).toBeVisible();
    expect(screen.getByText(/may be stored nowhere else/)).toBeVisible();
    expect(screen.getByRole('textbox', { name: /^ID/ })).toHaveValue('App_secret');
    await user.type(await valueField(), CANARY);
    await user.click(screen.getByRole('button', { name: 'Create and use' }));
    expect(await screen.findByText('account.App_secret')).toBeVisible();
    expect(sentSecret()).toMatchObject({
      secret: { spec: { value: CANARY, secretManagerIdentifier: 'harnessSecretManager' } },
    });
    expect(document.body.innerHTML).not.toContain(CANARY);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Change' })).toHaveFocus());
  });

  it('says next to the field that an ID is taken', async () => {
    const { user } = renderUi(<Field />);
    await user.click(await openButton());
    const id = await screen.findByRole('textbox', { name: /^ID/ });
    await user.clear(id);
    await user.type(id, 'key_id');
    await user.type(await valueField(), 'x{Enter}');
    expect(await screen.findByText(/“key_id” exists already/)).toBeVisible();
    expect(id).toBeInvalid();
  });

  it('warns about blanks around a value and removes them with one click', async () => {
    const { user } = renderUi(<Field />);
    await user.click(await openButton());
    await user.type(await valueField(), ' abc ');
    await user.click(screen.getByRole('button', { name: 'Remove it' }));
    expect(await valueField()).toHaveValue('abc');
    expect(screen.queryByRole('button', { name: 'Remove it' })).toBeNull();
  });

  it('forgets what was typed when it closes', async () => {
    const { user, queryClient } = renderUi(<Field />);
    await user.click(await openButton());
    await user.type(await valueField(), CANARY);
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    await user.click(await openButton());
    expect(await valueField()).toHaveValue('');
    expect(
      JSON.stringify(
        queryClient
          .getQueryCache()
          .getAll()
          .map(({ state }) => state),
      ),
    ).not.toContain(CANARY);
  });

  it('picks one of the secrets that exist', async () => {
    const { user } = renderUi(<Field />);
    await user.click(await openButton());
    await user.click(await screen.findByRole('tab', { name: 'Select existing' }));
    await user.click(await screen.findByRole('button', { name: /key_secret/ }));
    expect(await screen.findByText('account.key_secret')).toBeVisible();
  });
});

it('replaces the value of a chosen secret without ever showing the old one', async () => {
  const { user } = renderUi(<Field initial="account.key_id" />);
  await user.click(await screen.findByRole('button', { name: 'Replace value' }));
  expect(await valueField()).toHaveValue('');
  await user.type(await valueField(), `${CANARY}{Enter}`);
  expect(await screen.findByRole('button', { name: 'Change' })).toBeVisible();
  expect(server.requests.findLast(({ method }) => method === 'PUT')).toMatchObject({
    path: '/ng/api/v2/secrets/key_id',
    body: { secret: { identifier: 'key_id', spec: { value: CANARY } } },
  });
});
