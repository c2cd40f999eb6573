import { screen, within } from '@testing-library/react';
import { connectorResponseSchema } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { connectorResponse } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';
import { startWizardServer, stepHeading } from '../../test-support/wizard-server.ts';
import { EMPTY_DRAFT } from './draft/draft.ts';
import { useDraftStore } from './draft/draft-store.ts';

const CONNECTORS = '/ng/api/connectors';
const READ = { ...connectorResponse(), lastModifiedAt: 1_000 };
const THEIRS = {
  ...connectorResponse({ connector: { name: 'Payments', description: 'By somebody else', tags: { theirs: '' } } }),
  lastModifiedAt: 2_000,
};

let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
  server.addConnector(READ);
});

const versionsSent = () =>
  server.requests.filter(({ method }) => method === 'PUT').map(({ headers }) => headers.get('if-match'));

/** Somebody else saves, so that what was read before is no longer what is stored. */
function changeMeanwhile(): void {
  server.addConnector(THEIRS);
  server.refuse('PUT', CONNECTORS, 400, {
    status: 'FAILURE',
    code: 'OPTIMISTIC_LOCKING_EXCEPTION',
    message: 'It was changed by someone else since it was read.',
    correlationId: 'c-1',
    errors: null,
  });
}

async function renameAndSave() {
  const { user, router, queryClient } = renderApp('/settings/connectors/payments/edit/overview');
  await user.type(await screen.findByRole('textbox', { name: /^Name/ }), ' mine');
  changeMeanwhile();
  // What the page knows may be newer by now than what the draft was made from.
  await queryClient.invalidateQueries({ queryKey: ['connectors', 'one', 'payments'] });
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await stepHeading('Details');
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await stepHeading('Delegates Setup');
  await user.click(screen.getByRole('button', { name: 'Save and Continue' }));
  const alert = within(await screen.findByRole('alert'));
  expect(alert.getByText('This connector was changed meanwhile')).toBeVisible();
  return { user, router, alert };
}

it('sends the version that the draft was made from, and says what differs when that is no longer stored', async () => {
  const { alert } = await renameAndSave();
  expect(versionsSent()).toEqual(['1000']);
  expect(alert.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
    'Overview: Name',
    'Overview: Description',
    'Overview: Tags',
  ]);
  expect(useDraftStore.getState().entries['edit:payments']?.draft.name).toBe('Payments mine');
});

it('overwrites only what was shown, and only when asked to', async () => {
  const { user, alert } = await renameAndSave();
  server.data('PUT', CONNECTORS, connectorResponseSchema, { ...READ, lastModifiedAt: 3_000 });
  await user.click(alert.getByRole('button', { name: 'Overwrite it with my changes' }));
  await stepHeading('Connection Test');
  expect(versionsSent()).toEqual(['1000', '2000']);
  expect(server.sent('PUT', CONNECTORS)).toMatchObject({ name: 'Payments mine', description: '', tags: {} });
});

it('lets the draft go and shows what is stored, when asked to', async () => {
  const { user, alert } = await renameAndSave();
  await user.click(alert.getByRole('button', { name: 'Discard my changes and reload' }));
  expect(screen.queryByText('This connector was changed meanwhile')).toBeNull();
  expect(useDraftStore.getState().entries).toEqual({});
  await user.click(screen.getByRole('button', { name: /Overview/ }));
  expect(await screen.findByRole('textbox', { name: 'Description' })).toHaveValue('By somebody else');
  expect(versionsSent()).toEqual(['1000']);
});

it('sends no version for a connector that is new', async () => {
  const draft = { name: 'A', identifier: 'A', kmsArnInPlainText: 'arn', region: 'eu-west-1' };
  const access = { accessKey: 'account.key_id', secretKey: 'account.key_secret' };
  useDraftStore.getState().put('new', { ...EMPTY_DRAFT, ...draft, ...access }, []);
  const { user } = renderApp('/settings/connectors/new/aws-kms/delegates');
  await user.click(await screen.findByRole('button', { name: 'Save and Continue' }));
  await stepHeading('Connection Test');
  expect(
    server.requests.find(({ method, path }) => method === 'POST' && path === CONNECTORS)?.headers.has('if-match'),
  ).toBe(false);
});
