import { screen, waitFor, within } from '@testing-library/react';
import { connectorStatsSchema, settingsSchema } from '@wardline/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useReachability } from '../../lib/reachability.ts';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { settings } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';

let server: FakeServer;
afterEach(() => vi.useRealTimers());
beforeEach(() => {
  useReachability.setState({ server: 'reachable' });
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/connectors/stats', connectorStatsSchema, {
    typeStats: [{ type: 'AwsKms', count: 3 }],
    statusStats: [
      { status: 'SUCCESS', count: 2 },
      { status: 'FAILURE', count: 1 },
    ],
  });
});

it('opens at Settings and leads to the account’s connectors', async () => {
  const { router } = renderApp('/');
  const account = within(await screen.findByRole('region', { name: 'Account-level resources' }));
  expect(router.state.location.pathname).toBe('/settings');
  expect(await account.findByText(/3 so far, 1 failing/)).toBeVisible();
  expect(account.getByRole('link', { name: /Connectors/ })).toHaveAttribute('href', '/settings/connectors');
  expect(account.getByRole('link', { name: /API reference/ })).toHaveAttribute('href', '/api/docs');
});

it('shows what AWS needs to trust this server', async () => {
  renderApp('/settings');
  const panel = within(await screen.findByRole('region', { name: 'This server' }));
  expect(panel.getByText(settings.oidc.issuer)).toBeVisible();
  expect(panel.getByRole('button', { name: 'Copy OIDC issuer' })).toBeVisible();
});

it('mentions the simulator only where it is on', async () => {
  server.answer('GET', '/api/settings', settingsSchema, { ...settings, simulator: false });
  renderApp('/settings');
  await screen.findByRole('region', { name: 'This server' });
  expect(screen.queryByText(/simulator/i)).not.toBeInTheDocument();
});

it('says that an address leads nowhere, and where to go', async () => {
  renderApp('/nowhere');
  expect(await screen.findByRole('heading', { name: 'Page not found' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'Go to Settings' })).toHaveAttribute('href', '/settings');
});

it('tells when the server is away and comes back by itself', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  server.disconnect('GET', '/api/settings');
  server.disconnect('GET', '/ng/api/connectors/stats');
  renderApp('/settings');
  expect(await screen.findByText(/reconnects by itself/)).toBeVisible();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  await vi.advanceTimersByTimeAsync(5_000);
  await screen.findByRole('region', { name: 'This server' });
  await waitFor(() => expect(screen.queryByText(/reconnects by itself/)).not.toBeInTheDocument());
});

it('asks once, not round and round, where one call always fails and the server is there', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  server.disconnect('GET', '/ng/api/connectors/stats');
  renderApp('/settings');
  await screen.findByRole('region', { name: 'This server' });
  await waitFor(() => expect(useReachability.getState().server).toBe('reachable'));
  await vi.advanceTimersByTimeAsync(20_000);
  expect(server.requests.filter(({ path }) => path === '/api/settings').length).toBeLessThanOrEqual(2);
  expect(screen.queryByText(/reconnects by itself/)).not.toBeInTheDocument();
});
