import { screen, within } from '@testing-library/react';
import { type ConnectivityHistory, connectivityHistorySchema } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { renderUi } from '../../../test-support/render.tsx';
import { ConnectivityPanel } from './connectivity-panel.tsx';

const HOUR_MS = 3_600_000;
const PATH = '/api/connectors/:id/history';
let server: FakeServer;

function history(changes: Partial<ConnectivityHistory> = {}): ConnectivityHistory {
  const now = Date.now();
  const part = { passed: 0, failed: 0, slowestMs: 0, findings: [] };
  return {
    everyMinutes: 30,
    nextCheckAt: now + 600_000,
    lastConnectedAt: now - 2.5 * HOUR_MS,
    buckets: [
      { ...part, from: now - 3 * HOUR_MS, to: now - 2 * HOUR_MS },
      { ...part, from: now - 2 * HOUR_MS, to: now - HOUR_MS, passed: 2, slowestMs: 96 },
      { ...part, from: now - HOUR_MS, to: now, passed: 1, failed: 1, slowestMs: 1240, findings: ['key-disabled'] },
    ],
    checks: [],
    ...changes,
  };
}

beforeEach(() => {
  server = startFakeServer();
});

it('tells how the connection has been: in bars, in a sentence, and as a table for those who do not see', async () => {
  server.data('GET', PATH, connectivityHistorySchema, history());
  const { container } = renderUi(<ConnectivityPanel identifier="payments" />);
  expect(await screen.findByText('3 tests passed and 1 failed in this time.')).toBeVisible();
  const states = [...container.querySelectorAll('[data-state]')].map((bar) => bar.getAttribute('data-state'));
  expect(states).toEqual(['none', 'passed', 'mixed']);
  const table = within(screen.getByRole('table', { name: 'Tests of the connection over time' }));
  expect(table.getAllByRole('row')).toHaveLength(3);
  expect(table.getByText('1 passed, 1 failed (key-disabled)')).toBeInTheDocument();
  expect(table.getByText('1.24 s')).toBeInTheDocument();
  expect(screen.getByText('2 hours ago')).toBeVisible();
  expect(screen.getByText('Next check')).toBeVisible();
  expect(screen.getByText(/^in (9|10) minutes$/)).toBeVisible();
  expect(screen.getByText('The server tests by itself every 30 minutes.')).toBeVisible();
});

it('looks further back when asked to', async () => {
  server.data('GET', PATH, connectivityHistorySchema, history());
  const { user } = renderUi(<ConnectivityPanel identifier="payments" />);
  await screen.findByText('24 hours ago');
  await user.click(screen.getByRole('radio', { name: '30 days' }));
  expect(await screen.findByText('30 days ago')).toBeVisible();
  expect(server.requests.at(-1)?.query.get('hours')).toBe('720');
});

it('says that the server does not test by itself, and that there was no test', async () => {
  const none = history({ everyMinutes: 0, nextCheckAt: null, lastConnectedAt: null, buckets: [] });
  server.data('GET', PATH, connectivityHistorySchema, none);
  renderUi(<ConnectivityPanel identifier="payments" />);
  expect(await screen.findByText('The server tests only when somebody asks it to.')).toBeVisible();
  expect(screen.getByText('No test in this time.')).toBeVisible();
  expect(screen.getByText('Never')).toBeVisible();
  expect(screen.queryByText('Next check')).not.toBeInTheDocument();
});
