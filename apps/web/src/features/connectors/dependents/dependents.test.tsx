import { screen, waitFor, within } from '@testing-library/react';
import {
  connectivityHistorySchema,
  connectorResponseSchema,
  entityUsageSchema,
  pageOf,
  rewrapPageSchema,
  secretManagersResponseSchema,
  settingsSchema,
  testResultSchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { connectorResponse, pageWith, settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { kms, rewrapOf, usageBy } from '../../../test-support/secrets.ts';

const PATH = '/settings/connectors/payments';
const payments = { ...kms, reference: 'payments', identifier: 'payments', name: 'Payments' };
const inProject = { scope: 'project', orgIdentifier: 'shop', projectIdentifier: 'web' } as const;

let server: FakeServer;
let disabled: boolean;
beforeEach(() => {
  disabled = false;
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/connectors/:id', connectorResponseSchema, () => ({ ...connectorResponse(), disabled }));
  server.data('GET', '/api/connectors/:id/last-test', testResultSchema.nullable(), null);
  server.data('GET', '/api/connectors/:id/history', connectivityHistorySchema, {
    everyMinutes: 30,
    nextCheckAt: null,
    lastConnectedAt: null,
    buckets: [],
    checks: [],
  });
  server.answer('GET', '/api/secrets/rewraps', rewrapPageSchema, pageWith([rewrapOf({ state: 'done' })]));
  managers({});
  const twelve = Array.from({ length: 11 }, (_, index) => usageBy('Secrets', `s${index}`, `Secret ${index}`));
  dependents([usageBy('Secrets', 'inner', 'Inner', inProject), ...twelve]);
});

const managers = (change: Partial<typeof payments>): void =>
  server.answer('GET', '/api/secrets/managers', secretManagersResponseSchema, {
    managers: [{ ...payments, ...change }],
    proofDays: 7,
  });
const dependents = (users: ReturnType<typeof usageBy>[]): void =>
  server.data('GET', '/ng/api/entitySetupUsage', pageOf(entityUsageSchema), pageWith(users));
const panel = async () => within(await screen.findByRole('region', { name: 'Secrets' }));

describe('the secrets of a connector', () => {
  it('are counted and named, with the ways to all of them and to another manager', async () => {
    renderApp(PATH);
    const secrets = await panel();
    expect(await secrets.findByText('12 secrets depend on it:')).toBeVisible();
    expect(secrets.getByText('and 2 more')).toBeVisible();
    // The console has no page for what a project keeps.
    expect(secrets.queryByRole('link', { name: 'Inner' })).not.toBeInTheDocument();
    expect(secrets.getByText(/in project web of shop/)).toBeVisible();
    expect(secrets.getByRole('link', { name: 'See all' })).toHaveAttribute(
      'href',
      '/settings/secrets?manager=account.payments',
    );
    expect(await secrets.findByRole('link', { name: /Move them/ })).toHaveAttribute(
      'href',
      '/settings/rewraps?from=account.payments',
    );
  });

  it.each([
    ['All proven readable', {}],
    ['Not all proven readable yet', { provenSince: null }],
    ['2 not proven in time', { overdue: 2 }],
    ['1 could not be read', { overdue: 2, failed: 1 }],
  ])('are said to be: %s', async (words, change) => {
    managers(change);
    renderApp(PATH);
    expect(await (await panel()).findByText(words)).toBeVisible();
  });

  it('are said to move while they do', async () => {
    const running = rewrapOf({ to: { reference: payments.reference, name: payments.name } });
    server.answer('GET', '/api/secrets/rewraps', rewrapPageSchema, pageWith([running]));
    renderApp(PATH);
    expect(await screen.findByText(/encrypted under another key: 5 of 10/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'See how far it is' })).toHaveAttribute('href', '/settings/rewraps/r1');
  });
});

describe('disabling', () => {
  it('names what nobody can read meanwhile, and is undone by a click', async () => {
    for (const [word, next] of [
      ['disable', true],
      ['enable', false],
    ] as const) {
      server.data('POST', `/api/connectors/:id/${word}`, connectorResponseSchema, () => {
        disabled = next;
        return { ...connectorResponse(), disabled };
      });
    }
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: 'Disable' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Disable Payments?' }));
    expect(await dialog.findByText(/nobody can read or change them/)).toBeVisible();
    expect(dialog.getByRole('link', { name: 'Secret 0' })).toBeVisible();
    expect(dialog.getByText('and 2 more')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Disable' }));
    expect(await screen.findByText('Disabled', { exact: true })).toBeVisible();
    await user.click(await screen.findByRole('button', { name: 'Enable' }));
    await waitFor(() => expect(screen.queryByText('Disabled', { exact: true })).not.toBeInTheDocument());
  });
});

describe('deleting', () => {
  it('is not offered while secrets depend on it, and the way to move them is', async () => {
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('button', { name: 'Delete' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText(/could never be read again/)).toBeVisible();
    expect(dialog.queryByRole('button', { name: 'Delete' })).not.toBeInTheDocument();
    expect(dialog.getByRole('link', { name: 'Move the secrets' })).toBeVisible();
  });
});
