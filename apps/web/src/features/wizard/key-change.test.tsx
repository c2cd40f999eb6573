import { screen, within } from '@testing-library/react';
import { entityUsageSchema, pageOf } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { connectorResponse, pageWith } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';
import { usageBy } from '../../test-support/secrets.ts';
import { startWizardServer, stepHeading } from '../../test-support/wizard-server.ts';

const OTHER_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000002';

let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
  server.addConnector(connectorResponse());
  dependents(2);
});

const dependents = (count: number): void =>
  server.data(
    'GET',
    '/ng/api/entitySetupUsage',
    pageOf(entityUsageSchema),
    pageWith(Array.from({ length: count }, (_, index) => usageBy('Secrets', `s${index}`, `Secret ${index}`))),
  );

const saved = () => server.requests.some(({ method }) => method === 'PUT');

async function changeKey(arn: string) {
  const { user } = renderApp('/settings/connectors/payments/edit/details');
  const field = await screen.findByRole('textbox', { name: 'AWS ARN' });
  await user.clear(field);
  await user.type(field, arn);
  await user.click(screen.getByRole('button', { name: 'Continue' }));
  await stepHeading('Delegates Setup');
  await user.click(screen.getByRole('button', { name: 'Save and Continue' }));
  return user;
}

it('names the secrets under the present key before a connector gets another one', async () => {
  const user = await changeKey(OTHER_KEY);
  const dialog = within(await screen.findByRole('dialog', { name: 'Change the key?' }));
  expect(await dialog.findByText(/2 secrets are encrypted under the present key/)).toBeVisible();
  expect(dialog.getByRole('link', { name: 'Secret 1' })).toBeVisible();
  expect(saved()).toBe(false);
  await user.click(dialog.getByRole('button', { name: 'Change the key' }));
  await stepHeading('Connection Test');
  expect(server.sent('PUT', '/ng/api/connectors').spec.kmsArnInPlainText).toBe(OTHER_KEY);
});

it('asks nothing where no secret depends on the key', async () => {
  dependents(0);
  await changeKey(OTHER_KEY);
  await stepHeading('Connection Test');
});

it('asks nothing where the key stays', async () => {
  await changeKey('arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab');
  await stepHeading('Connection Test');
});
