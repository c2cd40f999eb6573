// The pages are loaded when they are first opened; here at once, so that no test waits for them.
import '../../app/wizard-routes.tsx';
import '../connectors/page/connector-page.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import {
  connectorResponseSchema,
  connectorStatsSchema,
  type Permission,
  pageOf,
  settingsSchema,
  testResultSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import {
  connectorResponse,
  pageWith,
  passedTest,
  refusal,
  settings,
  signedInWith,
} from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/connectors/stats', connectorStatsSchema, { typeStats: [], statusStats: [] });
  server.data('POST', '/ng/api/connectors/listV2', pageOf(connectorResponseSchema), pageWith([connectorResponse()]));
  server.data('GET', '/ng/api/connectors/:id', connectorResponseSchema, connectorResponse());
  server.answer('GET', '/api/connectors/:id/last-test', testResultSchema, passedTest());
});

function mayOnly(...permissions: Permission[]): void {
  server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(permissions));
}

it('shows whoever only views neither New Connector nor what changes one', async () => {
  mayOnly('core_connector_view');
  const { user } = renderApp('/settings/connectors');
  await user.click(await screen.findByRole('button', { name: 'Actions for Payments' }));
  expect(await screen.findByRole('menuitem', { name: 'View' })).toBeVisible();
  expect(screen.getAllByRole('menuitem')).toHaveLength(1);
  expect(screen.queryByRole('link', { name: 'New Connector' })).not.toBeInTheDocument();
});

it('offers on the page of a connector what one may do with it', async () => {
  mayOnly('core_connector_view', 'core_connector_access');
  renderApp('/settings/connectors/payments');
  expect(await screen.findByRole('button', { name: 'Test' })).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Edit' })).not.toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
});

it('leaves out of the navigation what one may not see', async () => {
  mayOnly('core_secret_view');
  renderApp('/settings');
  const navigation = within(await screen.findByRole('navigation', { name: 'Main' }));
  expect(await navigation.findByRole('link', { name: 'Simulator' })).toBeVisible();
  expect(navigation.queryByRole('link', { name: 'Connectors' })).not.toBeInTheDocument();
  expect(screen.queryByRole('link', { name: /^Connectors/ })).not.toBeInTheDocument();
});

it.each([
  ['/settings/connectors', 'core_connector_view'],
  ['/settings/connectors/new/aws-kms/overview', 'core_connector_edit'],
])('names the right that %s needs, and asks for nothing', async (path, right) => {
  mayOnly('core_secret_view');
  renderApp(path);
  expect(await screen.findByRole('heading', { name: 'You may not see this' })).toBeVisible();
  expect(screen.getByText(right)).toBeVisible();
  expect(screen.getByText(/Ask an administrator/)).toHaveTextContent('ada@example.com');
  expect(server.requests.some((request) => request.path.startsWith('/ng/api'))).toBe(false);
});

it('asks again for one’s rights when the server refuses what they should allow', async () => {
  mayOnly('core_connector_view');
  const place = { accountIdentifier: 'default', orgIdentifier: null, projectIdentifier: null };
  server.refuse('POST', '/ng/api/connectors/listV2', 403, {
    ...refusal('NG_ACCESS_DENIED', 'Missing permission core_connector_view at the account level.'),
    failedPermissionChecks: [
      { resourceScope: place, resourceType: 'CONNECTOR', resourceIdentifier: null, permission: 'core_connector_view' },
    ],
  });
  renderApp('/settings/connectors');
  expect(await screen.findByText(/Missing permission core_connector_view/)).toBeVisible();
  await waitFor(() => expect(server.requests.filter(({ path }) => path === '/api/whoami')).toHaveLength(2));
});
