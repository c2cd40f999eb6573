import { screen, waitFor, within } from '@testing-library/react';
import {
  connectorFilterSchema,
  connectorResponseSchema,
  connectorStatsSchema,
  pageOf,
  settingsSchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, type SeenRequest, startFakeServer } from '../../../test-support/fake-server.ts';
import { connectorResponse, pageWith, settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const LIST = '/ng/api/connectors/listV2';
const listSchema = pageOf(connectorResponseSchema);
const staging = connectorResponse({ connector: { name: 'Staging', identifier: 'staging' } });

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/connectors/stats', connectorStatsSchema, { typeStats: [], statusStats: [] });
});

const listRequests = (): SeenRequest[] => server.requests.filter(({ path }) => path === LIST);
const lastList = (): SeenRequest | undefined => listRequests().at(-1);
const lastFilter = () => connectorFilterSchema.parse(lastList()?.body);
const row = async (name: string) => {
  const link = await screen.findByRole('link', { name });
  const found = link.closest('tr');
  if (!found) throw new Error(`${name} is in no table row.`);
  return within(found);
};

describe('what a row shows', () => {
  it('names the connector, where its key is, whether it works, and its tags', async () => {
    const item = connectorResponse({
      connector: { tags: { team: 'core', prod: '' } },
      spec: { default: true },
      status: { status: 'SUCCESS', testedAt: Date.now() - 3_700_000 },
    });
    server.data('POST', LIST, listSchema, pageWith([item]));
    renderApp('/settings/connectors');

    const payments = await row('Payments');
    for (const text of ['payments', 'eu-west-1', '…3333:key/…89ab', 'Connected', 'Default', 'prod', 'team:core']) {
      expect(payments.getByText(text)).toBeVisible();
    }
    expect(payments.getByText('1 hour ago')).toHaveAttribute('title');
    expect(payments.getByText('2 hours ago')).toBeVisible();
    expect(payments.getByRole('link', { name: 'Payments' })).toHaveAttribute('href', '/settings/connectors/payments');
  });

  it('tells why a connection failed to the keyboard and to screen readers', async () => {
    const item = connectorResponse({
      status: { status: 'FAILURE', errorSummary: 'The key is disabled.', testedAt: 1 },
    });
    server.data('POST', LIST, listSchema, pageWith([item]));
    renderApp('/settings/connectors');
    expect(await screen.findByRole('button', { name: 'Failed: The key is disabled.' })).toBeVisible();
  });

  it('tells when a connection that fails last worked, and nothing of that where it never did', async () => {
    const failed = { status: 'FAILURE', errorSummary: 'The key is disabled.', testedAt: Date.now() } as const;
    const item = connectorResponse({ status: { ...failed, lastConnectedAt: Date.now() - 3 * 3_700_000 } });
    const never = connectorResponse({ connector: { name: 'Never', identifier: 'never' }, status: failed });
    server.data('POST', LIST, listSchema, pageWith([item, never]));
    renderApp('/settings/connectors');
    expect((await row('Payments')).getByText(/^last connected/)).toHaveTextContent('last connected 3 hours ago');
    expect((await row('Never')).queryByText(/^last connected/)).not.toBeInTheDocument();
  });

  it('has all of a long alias, name and tag at hand, though it shows only what fits', async () => {
    const alias = `alias/${'payments-'.repeat(20)}`;
    const item = connectorResponse({
      connector: { name: 'N'.repeat(128), tags: { ['k'.repeat(60)]: 'v' } },
      spec: { kmsArnInPlainText: `arn:aws:kms:eu-west-1:111122223333:${alias}` },
    });
    server.data('POST', LIST, listSchema, pageWith([item]));
    renderApp('/settings/connectors');
    const long = await row('N'.repeat(128));
    for (const text of [`…3333:${alias}`, 'N'.repeat(128), `${'k'.repeat(60)}:v`]) {
      expect(long.getByText(text).closest('[title]')).toHaveAttribute('title', text);
    }
  });

  it('says so where the ARN is kept in a secret', async () => {
    const { kmsArnInPlainText: _, ...spec } = connectorResponse().connector.spec;
    const item = connectorResponse({ connector: { spec: { ...spec, kmsArn: 'account.arn' } } });
    server.data('POST', LIST, listSchema, pageWith([item]));
    renderApp('/settings/connectors');
    expect(await screen.findByText('ARN in a secret')).toBeVisible();
  });
});

describe('search, filters and order', () => {
  it('searches on the server after a pause and keeps the search in the URL', async () => {
    server.data('POST', LIST, listSchema, pageWith([connectorResponse()]));
    const { user, router } = renderApp('/settings/connectors');
    await row('Payments');
    const before = listRequests().length;

    await user.type(screen.getByRole('textbox', { name: 'Search connectors' }), 'stag');

    await waitFor(() => expect(lastList()?.query.get('searchTerm')).toBe('stag'));
    expect(router.state.location.search).toMatchObject({ q: 'stag' });
    expect(listRequests().length).toBe(before + 1);
  });

  it('opens a link with its filters, order and search', async () => {
    server.data('POST', LIST, listSchema, pageWith([connectorResponse()]));
    renderApp('/settings/connectors?q=pay&status=FAILURE&tag=team%3Acore&sort=name%2CASC');
    await row('Payments');
    expect(lastFilter()).toMatchObject({ connectivityStatuses: ['FAILURE'], tags: { team: 'core' } });
    expect(lastList()?.query.get('sortOrders')).toBe('name,ASC');
    expect(screen.getByRole('textbox', { name: 'Search connectors' })).toHaveValue('pay');
    expect(screen.getByRole('combobox', { name: 'Filter by status' })).toHaveValue('Failed');
  });

  it('filters by the status that is chosen', async () => {
    server.data('POST', LIST, listSchema, pageWith([connectorResponse()]));
    const { user } = renderApp('/settings/connectors');
    await row('Payments');
    await user.click(screen.getByRole('combobox', { name: 'Filter by status' }));
    await user.click(await screen.findByRole('option', { name: 'Failed' }));
    await waitFor(() => expect(lastFilter().connectivityStatuses).toEqual(['FAILURE']));
  });

  it('says that nothing matches, and shows everything again when cleared', async () => {
    server.data('POST', LIST, listSchema, ({ query }) =>
      pageWith(query.get('searchTerm') ? [] : [connectorResponse()]),
    );
    const { user } = renderApp('/settings/connectors?q=nothing');
    await screen.findByRole('heading', { name: 'No connector matches' });
    await user.click(screen.getByRole('button', { name: 'Clear search and filters' }));
    await row('Payments');
    expect(screen.getByRole('textbox', { name: 'Search connectors' })).toHaveValue('');
  });
});

describe('paging', () => {
  it('goes forth by the token of the page before, and back the same way', async () => {
    server.data('POST', LIST, listSchema, ({ query }) => {
      const rest = { totalItems: 21, totalPages: 2 };
      return query.get('pageToken') === 'second'
        ? pageWith([staging], { ...rest, pageIndex: 1 })
        : pageWith([connectorResponse()], { ...rest, pageToken: 'second' });
    });
    const { user, router } = renderApp('/settings/connectors');
    await row('Payments');
    expect(screen.getByRole('button', { name: 'Previous' })).toBeDisabled();

    await user.click(screen.getByRole('button', { name: 'Next' }));
    await row('Staging');
    expect(screen.getByText('21–21 of 21')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Next' })).toBeDisabled();
    expect(router.state.location.search).toMatchObject({ page: 2, token: 'second' });

    await user.click(screen.getByRole('button', { name: 'Previous' }));
    await row('Payments');
    expect(router.state.location.search).toEqual({});
  });
});

describe('empty, loading and error states', () => {
  it('tells a newcomer what a connector is for and offers to make one', async () => {
    server.data('POST', LIST, listSchema, pageWith([]));
    renderApp('/settings/connectors');
    await screen.findByRole('heading', { name: 'No connectors yet' });
    expect(screen.getByRole('link', { name: 'New Connector' })).toHaveAttribute('href', '/settings/connectors/new');
    expect(document.title).toBe('Connectors · Wardline');
  });

  it('shows why the list failed and tries again', async () => {
    server.refuse('POST', LIST, 500, {
      status: 'ERROR',
      code: 'UNKNOWN_ERROR',
      message: 'The database is locked.',
      correlationId: 'c-42',
      detailedMessage: null,
      responseMessages: [],
      metadata: null,
    });
    const { user } = renderApp('/settings/connectors');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The database is locked.');
    expect(alert).toHaveTextContent('c-42');

    server.data('POST', LIST, listSchema, pageWith([connectorResponse()]));
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await row('Payments');
  });
});
