// The page is loaded when it is first opened; here at once, so that no test waits for it.
import './delegates-page.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import {
  type DelegateGroup,
  type DelegateRefusal,
  delegateGroupSchema,
  delegateRefusalSchema,
  delegateRemovalSchema,
  type Permission,
  restResponseOf,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { delegateGroup, delegateInstance, rest } from '../../../test-support/delegates.ts';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { settings, signedInWith } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const embedded = delegateGroup('embedded', [delegateInstance({ tokenName: null })], { delegateType: 'EMBEDDED' });
let server: FakeServer;
let groups: DelegateGroup[];
let refusals: DelegateRefusal[];

beforeEach(() => {
  groups = [embedded];
  refusals = [];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.answer(
    'GET',
    '/api/setup/delegates/v2/up-the-hierarchy',
    restResponseOf(z.object({ delegateGroupDetails: z.array(delegateGroupSchema) })),
    () => rest({ delegateGroupDetails: groups }),
  );
  server.answer('GET', '/api/delegates/refusals', restResponseOf(delegateRefusalSchema.array()), () => rest(refusals));
});

function mayOnly(...permissions: Permission[]): void {
  server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(permissions));
}

async function open(name: string) {
  const view = renderApp('/settings/delegates');
  await view.user.click(await screen.findByRole('button', { name: new RegExp(`^${name}`) }));
  return { ...view, replicas: within(screen.getByRole('list', { name: `Processes of ${name}` })) };
}

describe('the page of delegates', () => {
  it('leads to installing one where there is none but the server’s own', async () => {
    renderApp('/settings/delegates');
    expect(await screen.findByText('No delegate of your own yet')).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Install a delegate' })).toHaveLength(1);
  });

  it('tells of each process its host, version, tasks, token and heartbeat', async () => {
    groups = [
      delegateGroup('payments', [delegateInstance({ hostName: 'node-7', running: 3, tokenName: 'eu tokens' })]),
    ];
    const { replicas } = await open('payments');
    for (const text of ['node-7', '3 of 10', 'eu tokens', '0.1.0', 'just now']) {
      expect(replicas.getByText(text)).toBeVisible();
    }
  });

  it('says why a process is not connected, and how many are', async () => {
    const gone = delegateInstance({ uuid: 'gone', activelyConnected: false, disconnectReason: 'revoked-token' });
    groups = [delegateGroup('payments', [delegateInstance(), gone], { connectivityStatus: 'partially connected' })];
    const { replicas } = await open('payments');
    expect(screen.getByText('1 of 2 connected')).toBeVisible();
    expect(replicas.getByText('Its token was revoked.')).toBeVisible();
  });

  it('says that a delegate is of another version than the server, and that its clock is wrong', async () => {
    groups = [delegateGroup('old', [delegateInstance({ version: '0.0.9', clockSkewMs: 600_000 })])];
    const { replicas } = await open('old');
    expect(replicas.getByText('It runs version 0.0.9, the server 0.1.0.')).toBeVisible();
    expect(replicas.getByText(/10 minutes ahead of the server’s. AWS refuses what it signs/)).toBeVisible();
  });

  it('says of one that has gone that its clock was wrong, beside why it went', async () => {
    const gone = { activelyConnected: false, disconnectReason: 'connection-lost', clockSkewMs: -600_000 };
    groups = [delegateGroup('away', [delegateInstance(gone)], { activelyConnected: false })];
    const { replicas } = await open('away');
    expect(replicas.getByText('The connection was lost.')).toBeVisible();
    expect(replicas.getByText(/^As it last connected, its clock was 10 minutes behind the server’s/)).toBeVisible();
  });

  it('says for one that never came where to look: the address, TLS, the clock, its token, its version', async () => {
    renderApp('/settings/delegates');
    const list = (await screen.findByText('A delegate never connected?')).closest('details');
    for (const text of [
      /MANAGER_HOST_AND_PORT must lead/,
      /EXTRA_CA_FILES/,
      /clock of its host is wrong/,
      /its token/,
    ]) {
      expect(list).toHaveTextContent(text);
    }
  });

  it('does not know the tasks of a delegate that another server process holds', async () => {
    groups = [delegateGroup('afar', [delegateInstance({ running: null })])];
    const { replicas } = await open('afar');
    expect(replicas.getByText('Known to another server process')).toBeVisible();
  });

  it('filters by name, host, tag and token, and by connectivity', async () => {
    const gone = delegateInstance({ activelyConnected: false, hostName: 'far-host', tokenName: 'old token' });
    groups = [
      embedded,
      delegateGroup('away', [gone], {
        connectivityStatus: 'disconnected',
        activelyConnected: false,
        groupCustomSelectors: ['kms-eu'],
      }),
    ];
    const { user } = renderApp('/settings/delegates');
    const field = await screen.findByLabelText('Filter delegates');
    const shown = () =>
      within(screen.getByRole('list', { name: 'Delegates' })).getAllByRole('button', { expanded: false });
    for (const text of ['AWAY', 'kms-e', 'old tok']) {
      await user.clear(field);
      await user.type(field, text);
      expect(shown().map((button) => button.textContent)).toEqual([expect.stringContaining('away')]);
    }
    await user.clear(field);
    await user.selectOptions(screen.getByLabelText('Filter by connectivity'), 'Connected');
    expect(shown().map((button) => button.textContent)).toEqual([expect.stringContaining('embedded')]);
    await user.type(field, 'nothing like it');
    await user.click(screen.getByRole('button', { name: 'Clear the filter' }));
    expect(shown()).toHaveLength(2);
  });

  it('tells who was refused once each, with the reason', async () => {
    const refused = { at: Date.now(), code: 'account', address: '10.0.0.9', name: 'stranger', hostName: 'h1' } as const;
    refusals = ['1', '2', '3'].map((id) => ({ ...refused, id }));
    renderApp('/settings/delegates');
    const list = await screen.findByRole('list', { name: 'Refused delegates' });
    expect(within(list).getAllByRole('listitem')).toHaveLength(1);
    expect(within(list).getByText('It names another account.')).toBeVisible();
    expect(list).toHaveTextContent('on h1, from 10.0.0.9, just now');
  });

  it('removes what is not connected after asking, and says what stays', async () => {
    const gone = delegateInstance({ uuid: 'gone', activelyConnected: false });
    groups = [delegateGroup('payments', [delegateInstance(), gone], { connectivityStatus: 'partially connected' })];
    server.answer('DELETE', '/api/delegates/:name', restResponseOf(delegateRemovalSchema), () => {
      groups = [delegateGroup('payments', [delegateInstance()])];
      return rest({ removed: 1 });
    });
    const { user } = renderApp('/settings/delegates');
    await user.click(await screen.findByRole('button', { name: 'Remove what is not connected of payments' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/those that are connected stay/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => expect(screen.queryByText('1 of 2 connected')).not.toBeInTheDocument());
    expect(server.requests.find(({ method }) => method === 'DELETE')?.path).toBe('/api/delegates/payments');
  });

  it('shows whoever only views neither installing nor removing', async () => {
    mayOnly('core_delegate_view');
    groups = [delegateGroup('away', [delegateInstance({ activelyConnected: false })])];
    renderApp('/settings/delegates');
    expect(await screen.findByText('A delegate never connected?')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Install a delegate' })).not.toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /^Remove/ })).not.toBeInTheDocument();
  });
});
