import { screen, within } from '@testing-library/react';
import {
  type Credential,
  connectivityHistorySchema,
  connectorResponseSchema,
  entityUsageSchema,
  pageOf,
  settingsSchema,
  type TestEvent,
  testEventSchema,
  testResultSchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { connectorResponse, pageWith, passedTest, settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const ONE = '/ng/api/connectors/:id';
const noHistory = { everyMinutes: 30, nextCheckAt: null, lastConnectedAt: null, buckets: [], checks: [] };
const usages = pageOf(entityUsageSchema);

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', ONE, connectorResponseSchema, connectorResponse());
  server.data('GET', '/api/connectors/:id/last-test', testResultSchema.nullable(), null);
  server.data('GET', '/ng/api/entitySetupUsage', usages, pageWith([]));
  server.data('GET', '/api/connectors/:id/history', connectivityHistorySchema, noHistory);
});

const open = () => renderApp('/settings/connectors/payments');
const section = async (name: string) => within(await screen.findByRole('region', { name }));

describe('the overview', () => {
  it('shows secrets by reference only', async () => {
    open();
    const overview = await section('Overview');
    expect(overview.getByText('AWS Access Key')).toBeVisible();
    for (const id of ['key_id', 'key_secret']) {
      expect(overview.getByRole('link', { name: `account.${id}` })).toHaveAttribute('href', `/settings/secrets/${id}`);
    }
  });

  it('shows the role, the external ID and the duration of an STS connector', async () => {
    const credential: Extract<Credential, { type: 'AssumeSTSRole' }> = {
      type: 'AssumeSTSRole',
      spec: {
        delegateSelectors: ['embedded'],
        roleArn: 'arn:aws:iam::111122223333:role/r',
        externalName: 'ext-1',
        assumeStsRoleDuration: 900,
      },
    };
    const output = connectorResponseSchema.shape.connector.shape.spec.shape.credential.parse(credential);
    server.data('GET', ONE, connectorResponseSchema, connectorResponse({ spec: { credential: output } }));
    open();
    const overview = await section('Overview');
    for (const text of ['arn:aws:iam::111122223333:role/r', 'ext-1', '900 seconds', 'embedded']) {
      expect(overview.getByText(text)).toBeVisible();
    }
  });
});

describe('the connection test', () => {
  it('invites to a first test where there was none', async () => {
    open();
    expect(await (await section('Last test')).findByText(/has not been tested yet/)).toBeVisible();
  });

  it('shows the last test that the server knows', async () => {
    server.data('GET', '/api/connectors/:id/last-test', testResultSchema.nullable(), passedTest());
    open();
    expect(await screen.findByRole('heading', { name: 'Connection successful' })).toBeVisible();
  });

  it('runs a test and shows its hops', async () => {
    const result = passedTest();
    const events: TestEvent[] = [
      ...result.trace.map((hop): TestEvent => ({ type: 'hop-finished', result: hop })),
      { type: 'result', result },
    ];
    server.stream('POST', '/ng/api/connectors/testConnection/:id', testEventSchema, events);
    const { user } = open();
    await user.click(await screen.findByRole('button', { name: 'Test' }));
    const test = await section('Connection test');
    expect(await test.findByRole('heading', { name: 'Connection successful' })).toBeVisible();
    expect(test.getByText('Data key decrypted again')).toBeVisible();
  });
});

describe('references', () => {
  it('lists who uses the connector', async () => {
    const entityRef = {
      scope: 'account',
      accountIdentifier: 'default',
      orgIdentifier: null,
      projectIdentifier: null,
    } as const;
    const usage = {
      accountIdentifier: 'default',
      referredEntity: { type: 'Connectors', name: 'Payments', entityRef: { ...entityRef, identifier: 'payments' } },
      referredByEntity: { type: 'Secrets', name: 'Database', entityRef: { ...entityRef, identifier: 'db' } },
      createdAt: 1,
    } as const;
    server.data('GET', '/ng/api/entitySetupUsage', usages, pageWith([usage]));
    open();
    const secrets = await section('Secrets');
    expect(await secrets.findByRole('link', { name: 'Database' })).toHaveAttribute('href', '/settings/secrets/db');
    expect(secrets.getByText('1 secret depends on it:')).toBeVisible();
  });
});

it('says that a connector does not exist and leads back to the list', async () => {
  server.refuse('GET', ONE, 400, {
    status: 'ERROR',
    code: 'CONNECTOR_NOT_FOUND_EXCEPTION',
    message: 'There is no connector payments.',
    correlationId: 'c-1',
    detailedMessage: null,
    responseMessages: [],
    metadata: null,
  });
  open();
  expect(await screen.findByRole('heading', { name: 'There is no such connector' })).toBeVisible();
  expect(screen.getByRole('link', { name: 'See all connectors' })).toHaveAttribute('href', '/settings/connectors');
});

it('goes to the list after the connector was deleted', async () => {
  server.data('DELETE', ONE, z.boolean(), true);
  server.data('POST', '/ng/api/connectors/listV2', pageOf(connectorResponseSchema), pageWith([]));
  const { user, router } = open();
  await user.click(await screen.findByRole('button', { name: 'Delete' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete' }));
  await screen.findByRole('heading', { name: 'Connectors' });
  expect(router.state.location.pathname).toBe('/settings/connectors');
});
