import { screen, waitFor, within } from '@testing-library/react';
import {
  type Rewrap,
  rewrapPageSchema,
  rewrapSchema,
  secretManagersResponseSchema,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { pageWith, settings, signedInWith } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { answerSecrets, builtIn, disabledKey, kms, rewrapOf } from '../../../test-support/secrets.ts';

const PATH = '/settings/rewraps';

let server: FakeServer;
let rewrap: Rewrap;
beforeEach(() => {
  rewrap = rewrapOf();
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  answerSecrets(server);
  server.answer('GET', '/api/secrets/rewraps', rewrapPageSchema, () => pageWith([rewrap]));
  server.answer('GET', '/api/secrets/rewraps/:id', rewrapSchema, () => rewrap);
});

const failure = (identifier: string, name: string) => ({
  identifier,
  name,
  orgIdentifier: null,
  projectIdentifier: null,
  message: 'The key is disabled.',
  finding: disabledKey,
});

it('lists each with how far it is', async () => {
  renderApp(PATH);
  const row = within(await screen.findByRole('row', { name: /Built-in Secret Manager to Production key/ }));
  for (const text of ['Running', '5 of 10', 'Ada Lovelace']) expect(row.getByText(text)).toBeVisible();
});

describe('starting', () => {
  it('moves all secrets of one manager to another, and follows it', async () => {
    server.answer('POST', '/api/secrets/rewraps', rewrapSchema, () => rewrap);
    const { user, router } = renderApp(`${PATH}?from=account.kms`);
    const dialog = within(await screen.findByRole('dialog', { name: 'Move secrets to another manager' }));
    expect(await dialog.findByRole('combobox', { name: 'From' })).toHaveValue('Production key');
    expect(dialog.getByRole('combobox', { name: 'To' })).toHaveValue('Built-in Secret Manager');
    expect(dialog.getByText(/12 secrets of Production key will be encrypted under the key of/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Move secrets' }));
    await waitFor(() => expect(router.state.location.pathname).toBe(`${PATH}/r1`));
    const sent = server.requests.findLast(({ method }) => method === 'POST');
    expect(sent?.body).toEqual({ from: 'kms', to: 'harnessSecretManager' });
  });

  it('is not possible out of a manager that keeps none', async () => {
    server.answer('GET', '/api/secrets/managers', secretManagersResponseSchema, {
      managers: [builtIn, { ...kms, secrets: 0 }],
      proofDays: 7,
    });
    renderApp(`${PATH}?from=account.kms`);
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('Production key keeps no secrets: there is nothing to move.')).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Move secrets' })).toBeDisabled();
  });

  it('is not offered to whoever may not change secrets', async () => {
    server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_secret_view']));
    renderApp(`${PATH}?from=account.kms`);
    await screen.findByRole('row', { name: /Running/ });
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Move secrets' })).not.toBeInTheDocument();
  });
});

describe('one that runs', () => {
  it('is looked at again until it is done, and then is a report', async () => {
    renderApp(`${PATH}/r1`);
    const bar = await screen.findByRole('progressbar');
    expect(bar).toHaveAttribute('aria-valuenow', '50');
    expect(screen.getByText('5 of 10 secrets, 50 %')).toBeVisible();
    rewrap = rewrapOf({ state: 'done', rewrapped: 9, finishedAt: Date.now() });
    expect(await screen.findByText('10 of 10 secrets, 100 %')).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Report' })).toBeVisible();
    expect(screen.queryByText('not reached')).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Cancel' })).not.toBeInTheDocument();
  });

  it('leads to the managers that it is about, and names one that is gone', async () => {
    rewrap = rewrapOf({
      to: { reference: 'account.gone', name: 'Gone since' },
      from: { reference: 'account.kms', name: 'Then' },
    });
    renderApp(`${PATH}/r1`);
    const link = await screen.findByRole('link', { name: 'Production key' });
    expect(link).toHaveAttribute('href', '/settings/connectors/kms');
    expect(screen.getByText('Gone since')).toBeVisible();
  });

  it('is cancelled after a question', async () => {
    server.answer('POST', '/api/secrets/rewraps/:id/cancel', rewrapSchema, () => {
      rewrap = rewrapOf({ state: 'cancelled', finishedAt: Date.now() });
      return rewrap;
    });
    const { user } = renderApp(`${PATH}/r1`);
    await user.click(await screen.findByRole('button', { name: 'Cancel' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Cancel this rewrap?' }));
    await user.click(dialog.getByRole('button', { name: 'Let it go on' }));
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    const again = within(await screen.findByRole('dialog', { name: 'Cancel this rewrap?' }));
    await user.click(again.getByRole('button', { name: 'Cancel the rewrap' }));
    expect(await screen.findByText('Cancelled')).toBeVisible();
    expect(screen.getByText('not reached')).toBeVisible();
  });

  it('tells a cause once, with the secrets that it keeps from moving', async () => {
    const failures = [failure('a', 'First'), failure('b', 'Second')];
    rewrap = rewrapOf({ failed: 3, failures });
    renderApp(`${PATH}/r1`);
    const panel = within(await screen.findByRole('region', { name: 'What could not be moved' }));
    expect(panel.getAllByText('aws kms enable-key --key-id 1234')).toHaveLength(1);
    for (const name of ['First', 'Second']) expect(panel.getByRole('link', { name })).toBeVisible();
    expect(panel.getByText('and 1 more')).toBeVisible();
  });
});
