import { screen, waitFor, within } from '@testing-library/react';
import {
  connectorResponseSchema,
  connectorStatsSchema,
  entityUsageSchema,
  pageOf,
  settingsSchema,
  testResultSchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { connectorResponse, pageWith, passedTest, settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const LIST = '/ng/api/connectors/listV2';
const listSchema = pageOf(connectorResponseSchema);

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/connectors/stats', connectorStatsSchema, { typeStats: [], statusStats: [] });
  server.data('POST', LIST, listSchema, pageWith([connectorResponse()]));
  server.data('GET', '/ng/api/entitySetupUsage', pageOf(entityUsageSchema), pageWith([]));
});

async function choose(action: 'Test' | 'Delete') {
  const { user } = renderApp('/settings/connectors');
  await user.click(await screen.findByRole('button', { name: 'Actions for Payments' }));
  await user.click(await screen.findByRole('menuitem', { name: action }));
  return user;
}

it('tests from the list and updates the status in place', async () => {
  let status = connectorResponse().status;
  server.data('POST', LIST, listSchema, () => pageWith([{ ...connectorResponse(), status }]));
  server.data('POST', '/ng/api/connectors/testConnection/:id', testResultSchema, () => {
    status = { ...status, status: 'SUCCESS', testedAt: Date.now() };
    return passedTest();
  });
  await choose('Test');
  expect(await screen.findByText('Connection successful.')).toBeVisible();
  expect(within(screen.getByRole('table')).getByText('Connected')).toBeVisible();
});

it('tells what a failed test from the list found', async () => {
  const result = passedTest({ status: 'FAILURE', errorSummary: 'The key is disabled.' });
  server.data('POST', '/ng/api/connectors/testConnection/:id', testResultSchema, result);
  await choose('Test');
  expect(await screen.findByText('Payments: connection failed')).toBeVisible();
  expect(screen.getByText('The key is disabled.')).toBeVisible();
});

it('deletes after asking, and the row is gone', async () => {
  let deleted = false;
  server.data('POST', LIST, listSchema, () => pageWith(deleted ? [] : [connectorResponse()]));
  server.data('DELETE', '/ng/api/connectors/:id', z.boolean(), ({ params }) => {
    deleted = params.id === 'payments';
    return true;
  });
  const user = await choose('Delete');
  const dialog = await screen.findByRole('dialog', { name: 'Delete Payments?' });
  expect(deleted).toBe(false);
  await user.click(await within(dialog).findByRole('button', { name: 'Delete' }));
  expect(await screen.findByText('Deleted Payments.')).toBeVisible();
  expect(await screen.findByRole('heading', { name: 'No connectors yet' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Payments' })).not.toBeInTheDocument();
});

it('gives the keyboard its place back when one does not delete', async () => {
  const user = await choose('Delete');
  await screen.findByRole('dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByRole('button', { name: 'Actions for Payments' })).toHaveFocus());
});

it('lists who uses a connector that can’t be deleted, with the way there', async () => {
  server.refuse('DELETE', '/ng/api/connectors/:id', 400, {
    status: 'ERROR',
    code: 'ENTITY_REFERENCE_EXCEPTION',
    message: 'payments is in use.',
    correlationId: 'c-1',
    detailedMessage: null,
    responseMessages: [],
    metadata: {
      referencedBy: [
        { type: 'Secrets', identifier: 'db', name: 'Database', orgIdentifier: null, projectIdentifier: null },
        { type: 'Connectors', identifier: 'other', name: 'Other', orgIdentifier: null, projectIdentifier: null },
      ],
    },
  });
  const user = await choose('Delete');
  const dialog = await screen.findByRole('dialog');
  await user.click(await within(dialog).findByRole('button', { name: 'Delete' }));
  const alert = await within(dialog).findByRole('alert');
  expect(alert).toHaveTextContent('Secret Database db');
  expect(within(alert).getByRole('link', { name: 'Other' })).toHaveAttribute('href', '/settings/connectors/other');
  expect(within(dialog).queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
});
