import { screen, waitFor, within } from '@testing-library/react';
import {
  entityUsageSchema,
  pageOf,
  secretManagersResponseSchema,
  secretResponseSchema,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { pageWith, settings, signedInWith } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { answerSecrets, builtIn, kms, secretResponse, usageBy } from '../../../test-support/secrets.ts';

const PATH = '/settings/secrets';
const LIST = '/ng/api/v2/secrets/list';

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  answerSecrets(server);
});

const lastList = () => server.requests.findLast(({ path }) => path === LIST);
const openMenu = async () => {
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Actions for Database password' }));
  return user;
};

it('tells of each secret what it is, where it is kept, and whether it can be read', async () => {
  renderApp(PATH);
  const row = within(await screen.findByRole('row', { name: /Database password/ }));
  for (const text of ['db_password', 'Text', '2', '24 bytes', 'Readable', '3 hours ago']) {
    expect(row.getByText(text)).toBeVisible();
  }
  expect(row.getByRole('link', { name: 'Database password' })).toHaveAttribute('href', `${PATH}/db_password`);
  const manager = await row.findByRole('link', { name: 'Production key' });
  expect(manager).toHaveAttribute('href', '/settings/connectors/kms');
});

it('asks the server for what the filters say, in the order that was chosen', async () => {
  renderApp(`${PATH}?type=SecretFile&manager=account.kms&proof=overdue&sort=name%2CASC&q=db`);
  await screen.findByRole('row', { name: /Database password/ });
  expect(lastList()?.body).toEqual({
    searchTerm: 'db',
    secretTypes: ['SecretFile'],
    secretManagerIdentifiers: ['account.kms'],
    proofStates: ['overdue'],
  });
  expect(lastList()?.query.get('sortOrders')).toBe('name,ASC');
});

it('keeps a filter in the URL and begins again at the first page', async () => {
  const { user, router } = renderApp(`${PATH}?page=2`);
  await user.click(await screen.findByRole('combobox', { name: 'Filter by secret manager' }));
  await user.click(await screen.findByRole('option', { name: 'Production key' }));
  await waitFor(() => expect(router.state.location.search).toEqual({ manager: 'kms' }));
});

it('says what secrets are for while there are none, and leads to the first one', async () => {
  server.data('POST', LIST, pageOf(secretResponseSchema), pageWith([]));
  renderApp(PATH);
  expect(await screen.findByRole('heading', { name: 'No secrets yet' })).toBeVisible();
  expect(screen.getByText(/keeps every version of it/)).toBeVisible();
  expect(screen.getByRole('link', { name: 'New secret' })).toHaveAttribute('href', `${PATH}/new`);
});

describe('the alert', () => {
  const answer = (failed: number, overdue: number, due = 0) =>
    server.answer('GET', '/api/secrets/managers', secretManagersResponseSchema, {
      managers: [builtIn, { ...kms, failed, overdue, due }],
      proofDays: 7,
    });

  it('leads to the values that could not be read', async () => {
    answer(2, 1);
    renderApp(PATH);
    expect(await screen.findByText('2 stored values could not be read')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Show what can’t be read' })).toHaveAttribute(
      'href',
      `${PATH}?proof=failed`,
    );
  });

  it('leads to the values that were not proven in time', async () => {
    answer(0, 1);
    renderApp(PATH);
    expect(await screen.findByText('1 stored value not proven readable for more than 7 days')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Show what is overdue' })).toHaveAttribute('href', `${PATH}?proof=overdue`);
  });

  it('comes before it is too late', async () => {
    answer(0, 0, 3);
    renderApp(PATH);
    expect(await screen.findByText('3 stored values soon not proven readable for 7 days')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Show what is due' })).toHaveAttribute('href', `${PATH}?proof=due`);
  });
});

describe('the menu of a secret', () => {
  it('copies the reference and the expression', async () => {
    const user = await openMenu();
    await user.click(await screen.findByRole('menuitem', { name: 'Copy reference' }));
    expect(await navigator.clipboard.readText()).toBe('account.db_password');
    await user.click(screen.getByRole('button', { name: 'Actions for Database password' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Copy expression' }));
    expect(await navigator.clipboard.readText()).toBe('<+secrets.getValue("account.db_password")>');
  });

  it('deletes after asking', async () => {
    let deleted = false;
    server.data('POST', LIST, pageOf(secretResponseSchema), () => pageWith(deleted ? [] : [secretResponse()]));
    server.data('DELETE', '/ng/api/v2/secrets/:id', z.boolean(), ({ params }) => {
      deleted = params.id === 'db_password';
      return true;
    });
    const user = await openMenu();
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Delete Database password?' }));
    expect(await dialog.findByText(/with all of its versions/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByRole('heading', { name: 'No secrets yet' })).toBeVisible();
  });

  it('does not delete what is in use, and says what uses it', async () => {
    const users = pageWith([usageBy('Connectors', 'prod_kms', 'Production')]);
    server.data('GET', '/ng/api/entitySetupUsage', pageOf(entityUsageSchema), users);
    const user = await openMenu();
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = within(await screen.findByRole('dialog'));
    const link = await dialog.findByRole('link', { name: 'Production' });
    expect(link).toHaveAttribute('href', '/settings/connectors/prod_kms');
    expect(dialog.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
  });

  it('changes the description from what was read, and leaves the value', async () => {
    const stored = secretResponse();
    answerSecrets(server, [stored]);
    server.data('PUT', '/ng/api/v2/secrets/:id', secretResponseSchema, stored);
    const user = await openMenu();
    await user.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Database password' }));
    await user.type(dialog.getByLabelText('Description'), 'Of the shop');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = server.requests.findLast(({ method }) => method === 'PUT');
    expect(sent?.headers.get('if-match')).toBe(String(stored.updatedAt));
    expect(sent?.query.get('requireProof')).toBe('true');
    const { secret } = z.object({ secret: z.object({ spec: z.object({}).loose() }).loose() }).parse(sent?.body);
    expect(secret).toMatchObject({ description: 'Of the shop', identifier: 'db_password' });
    expect(secret.spec).toEqual({ secretManagerIdentifier: 'account.kms', valueType: 'Inline' });
  });

  it('has nothing that changes something for whoever may only look', async () => {
    server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_secret_view']));
    await openMenu();
    const items = await screen.findAllByRole('menuitem');
    expect(items.map(({ textContent }) => textContent)).toEqual(['Copy reference', 'Copy expression']);
    expect(screen.queryByRole('link', { name: 'New secret' })).not.toBeInTheDocument();
  });
});
