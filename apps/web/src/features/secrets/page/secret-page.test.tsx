import { act, screen, waitFor, within } from '@testing-library/react';
import {
  entityUsageSchema,
  pageOf,
  type Resolved,
  resolveResponseSchema,
  secretResponseSchema,
  secretVersionSchema,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { pageWith, refusal, settings, signedInWith } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { answerSecrets, disabledKey, secretResponse, secretVersion, usageBy } from '../../../test-support/secrets.ts';

const PATH = '/settings/secrets/db_password';
const VALUE = 'value-of-a-test\nwith two lines';
const RESOLVE = '/api/secrets/resolve';
const reference = 'account.db_password';

let server: FakeServer;
const answer = (resolved: Resolved): void =>
  server.answer('POST', RESOLVE, resolveResponseSchema, { resolved: [resolved] });
const open = (search = '') => renderApp(PATH + search);
const section = async (name: string) => within(await screen.findByRole('region', { name }));

beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  answerSecrets(server);
  answer({ reference, status: 'ok', value: VALUE, version: 2 });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the overview', () => {
  it('tells what the secret is and how others name it', async () => {
    open();
    const details = await section('Details');
    for (const text of ['Text', '2', '24 bytes']) expect(details.getByText(text)).toBeVisible();
    const ways = await section('How to use it');
    for (const text of [reference, `<+secrets.getValue("${reference}")>`, `wardline secrets get ${reference}`]) {
      expect(ways.getByText(text)).toBeVisible();
    }
  });

  it('says that a secret which was only described has no value yet', async () => {
    answerSecrets(server, [secretResponse({ draft: true, byteLength: 0 })]);
    open();
    expect((await section('Details')).getByText('No value yet')).toBeVisible();
  });

  it('shows when a value could not be read, why, and what to do', async () => {
    const proof = { state: 'failed', provenAt: 1, failedAt: Date.now() - 60_000, finding: disabledKey } as const;
    answerSecrets(server, [secretResponse({ proof })]);
    open();
    const panel = await section('Last proven readable');
    expect(panel.getByText('Unreadable')).toBeVisible();
    expect(panel.getByRole('heading', { name: disabledKey.title })).toBeVisible();
  });
});

describe('the value', () => {
  const reveal = async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const view = open();
    await view.user.click(await screen.findByRole('button', { name: 'Reveal' }));
    const shown = await screen.findByRole('region', { name: 'The value' });
    expect(shown.textContent).toBe(VALUE);
    return view;
  };
  const gone = () => expect(document.body.innerHTML).not.toContain('value-of-a-test');

  it('is masked, then shown, and hides by itself after half a minute', async () => {
    const { queryClient } = await reveal();
    expect(server.requests.findLast(({ path }) => path === RESOLVE)?.body).toEqual({ references: [reference] });
    act(() => vi.advanceTimersByTime(1_000));
    expect(screen.getByText('Hides itself in 29 s')).toBeVisible();
    act(() => vi.advanceTimersByTime(29_000));
    gone();
    expect(screen.getByRole('img', { name: 'The value is hidden' })).toBeVisible();
    const cached = [queryClient.getQueryCache().getAll(), queryClient.getMutationCache().getAll()].flat();
    expect(JSON.stringify(cached.map(({ state }) => state))).not.toContain('value-of-a-test');
  });

  it('hides when one leaves the browser’s tab, and with the tab of the page', async () => {
    const { user } = await reveal();
    const visibility = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    gone();
    visibility.mockRestore();
    await user.click(screen.getByRole('button', { name: 'Reveal' }));
    await screen.findByRole('region', { name: 'The value' });
    await user.click(screen.getByRole('tab', { name: /Versions/ }));
    await screen.findByRole('table', { name: 'versions' });
    await user.click(screen.getByRole('tab', { name: 'Overview' }));
    expect(await screen.findByRole('img', { name: 'The value is hidden' })).toBeVisible();
    gone();
  });

  it('is copied without being drawn, and the clipboard is not said to be cleared', async () => {
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Copy without showing' }));
    expect(await screen.findByText(/stays on the clipboard until something else is copied/)).toBeVisible();
    expect(await navigator.clipboard.readText()).toBe(VALUE);
    gone();
  });

  it('says why it can’t be copied where the browser has no clipboard for the page', async () => {
    const { user } = open();
    const button = await screen.findByRole('button', { name: 'Copy without showing' });
    vi.spyOn(navigator, 'clipboard', 'get').mockReturnValue(undefined as never);
    await user.click(button);
    expect(await screen.findByText(/only over HTTPS/)).toBeVisible();
  });

  it('that can’t be read says why, with the fixes', async () => {
    const error = { code: 'KMS_OPERATION_ERROR', message: 'The key is disabled.', finding: disabledKey } as const;
    answer({ reference, status: 'error', error });
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Reveal' }));
    const alert = within(await screen.findByRole('alert'));
    expect(alert.getByText('The value could not be read')).toBeVisible();
    expect(alert.getByText('aws kms enable-key --key-id 1234')).toBeVisible();
  });

  it('is not offered to whoever may not read it, and the right is named', async () => {
    server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_secret_view']));
    open();
    expect(await screen.findByText(/takes the right “Read the values of secrets”/)).toBeVisible();
    for (const name of [/Reveal/, /Copy without/, /Replace/, 'Edit', 'Delete']) {
      expect(screen.queryByRole('button', { name })).not.toBeInTheDocument();
    }
  });

  it('is replaced in the secret’s own manager, from what was read; refused, what was typed stays', async () => {
    server.refuse('PUT', '/ng/api/v2/secrets/:id', 400, {
      status: 'FAILURE',
      code: 'OPTIMISTIC_LOCKING_EXCEPTION',
      message: 'Somebody else has changed the secret.',
      correlationId: 'c-1',
      errors: null,
    });
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Replace value' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Value' }), 'new');
    const newer = secretResponse({ updatedAt: Date.now() });
    answerSecrets(server, [newer]);
    await user.click(dialog.getByRole('button', { name: 'Replace value' }));
    expect(await dialog.findByText(/Somebody else has changed/)).toBeVisible();
    expect(dialog.getByRole('textbox', { name: 'Value' })).toHaveValue('new');
    server.data('PUT', '/ng/api/v2/secrets/:id', secretResponseSchema, newer);
    await user.click(dialog.getByRole('button', { name: 'Replace value' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = server.requests.findLast(({ method }) => method === 'PUT');
    expect(sent?.headers.get('if-match')).toBe(String(newer.updatedAt));
    expect(sent?.body).toMatchObject({ secret: { spec: { value: 'new', secretManagerIdentifier: 'account.kms' } } });
  });
});

describe('the versions', () => {
  const VERSIONS = '/api/secrets/:id/versions';
  const versions = [
    { ...secretVersion(3, { description: 'Of the shop' }), current: true, valueOf: 2 },
    secretVersion(2, { origin: { kind: 'restored', from: 1 } }),
    secretVersion(1),
  ];
  beforeEach(() => server.data('GET', VERSIONS, pageOf(secretVersionSchema), pageWith(versions)));

  const choose = async (deed: string, version: number) => {
    const view = open('?tab=versions');
    await view.user.click(await screen.findByRole('button', { name: `Actions for version ${version}` }));
    await view.user.click(await screen.findByRole('menuitem', { name: deed }));
    return { ...view, dialog: within(await screen.findByRole('dialog')) };
  };

  it('tell who made each, how, and whether the value is another', async () => {
    open('?tab=versions');
    const current = within(await screen.findByRole('row', { name: /Current/ }));
    for (const text of ['3', 'Changed', 'Ada Lovelace', 'Same as version 2']) {
      expect(current.getByText(text)).toBeVisible();
    }
    expect(screen.getByText('Rolled back to 1')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Actions for version 3' })).not.toBeInTheDocument();
  });

  it('are compared field by field, never by value', async () => {
    const { dialog } = await choose('Compare with current', 1);
    const description = within(dialog.getByRole('row', { name: /Description/ }));
    expect(description.getByText('Of the shop')).toBeVisible();
    const value = within(dialog.getByRole('row', { name: /Value/ }));
    expect(value.getByText('that of version 1')).toBeVisible();
    expect(value.getByText('that of version 2')).toBeVisible();
  });

  it('are rolled back to after a question', async () => {
    server.data('POST', `${VERSIONS}/:version/restore`, secretResponseSchema, secretResponse({ version: 4 }));
    const { user, dialog } = await choose('Roll back to this', 1);
    expect(dialog.getByText(/as a new version/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Roll back' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = server.requests.findLast(({ method }) => method === 'POST');
    expect(sent?.path).toBe('/api/secrets/db_password/versions/1/restore');
  });

  it('are deleted after a question that says what becomes of the value', async () => {
    server.data('DELETE', `${VERSIONS}/:version`, z.boolean(), true);
    const { user, dialog } = await choose('Delete', 2);
    expect(dialog.getByText(/Its value stays, because version 3 has it too/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(server.requests.findLast(({ method }) => method === 'DELETE')?.path).toMatch(/versions\/2$/);
  });
});

it('lists what uses the secret', async () => {
  const users = pageWith([usageBy('Connectors', 'prod_kms', 'Production')]);
  server.data('GET', '/ng/api/entitySetupUsage', pageOf(entityUsageSchema), users);
  open('?tab=references');
  expect(await screen.findByRole('link', { name: 'Production' })).toHaveAttribute(
    'href',
    '/settings/connectors/prod_kms',
  );
});

it('says that a secret does not exist and leads back to the list', async () => {
  server.refuse('GET', '/ng/api/v2/secrets/:id', 400, {
    ...refusal('INVALID_REQUEST', ''),
    status: 'FAILURE',
    code: 'RESOURCE_NOT_FOUND_EXCEPTION',
    message: 'There is no secret db_password.',
    errors: null,
  });
  open();
  expect(await screen.findByRole('heading', { name: 'There is no such secret' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'See all secrets' })).toHaveAttribute('href', '/settings/secrets');
});

describe('a file', () => {
  const file = secretResponse({
    secret: { type: 'SecretFile', spec: { type: 'SecretFileSpec', secretManagerIdentifier: 'account.kms' } },
  });
  beforeEach(() => answerSecrets(server, [file]));

  it('is told where it can’t be downloaded', async () => {
    const body = { ...refusal('KMS_OPERATION_ERROR', 'The key is disabled.'), metadata: { finding: disabledKey } };
    server.refuse('GET', '/api/secrets/files/:id', 400, body);
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Download' }));
    expect(await screen.findByRole('heading', { name: disabledKey.title })).toBeVisible();
  });

  it('is replaced by another', async () => {
    server.data('PUT', '/ng/api/v2/secrets/files/:id', secretResponseSchema, file);
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Replace file' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.upload(dialog.getByLabelText('File', { selector: 'input' }), new File(['other'], 'other.pem'));
    await user.click(dialog.getByRole('button', { name: 'Replace file' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    const sent = server.requests.findLast(({ method }) => method === 'PUT');
    expect(sent?.headers.get('if-match')).toBe(String(file.updatedAt));
    expect(sent?.body instanceof FormData && [...sent.body.keys()]).toEqual(['spec', 'file']);
  });
});
