import { screen } from '@testing-library/react';
import { catalogueSchema, settingsSchema } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const CATALOGUE = '/ng/api/connectors/catalogue';

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
});

it('leads from Secret Managers to the AWS KMS wizard', async () => {
  const catalogue = [{ category: 'SECRET_MANAGER', connectors: ['AwsKms'] }];
  server.data('GET', CATALOGUE, catalogueSchema, { catalogue });
  renderApp('/settings/connectors/new');
  expect(await screen.findByRole('heading', { name: 'Secret Managers' })).toBeVisible();
  const card = await screen.findByRole('link', { name: /AWS KMS/ });
  expect(card).toHaveAttribute('href', '/settings/connectors/new/aws-kms/overview');
});

it('offers nothing that the server can’t make', async () => {
  server.data('GET', CATALOGUE, catalogueSchema, { catalogue: [] });
  renderApp('/settings/connectors/new');
  expect(await screen.findByText(/offers no secret manager/)).toBeVisible();
  expect(screen.queryByRole('link', { name: /AWS KMS/ })).not.toBeInTheDocument();
});
