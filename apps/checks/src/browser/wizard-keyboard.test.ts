import type { SimulatorSeed } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { seeded } from '../server/requests.ts';
import { consoleTests } from './console-test.ts';
import { pressOn, tabTo, typeInto } from './keyboard.ts';
import { credentialRadio, shows } from './wizard.ts';

const it = consoleTests();

async function createSecretByKeyboard(page: Page, field: string, value: string): Promise<void> {
  const group = page.getByRole('group', { name: field });
  await pressOn(page, group.getByRole('button', { name: 'Create or Select a Secret' }));
  const dialog = page.getByRole('dialog', { name: /^Create or Select a Secret/ });
  await typeInto(page, dialog.getByLabel(/^Value/), value);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  await group.getByRole('button', { name: 'Change' }).waitFor();
}

it('leads the wizard to a successful connection with the keyboard alone', async ({ page, server }) => {
  const seed = await mustSucceed<SimulatorSeed>(apiClient(server.url), 'GET', '/api/simulator');
  const user = seeded(seed.users, 'wardline');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await page.goto('/settings');

  const resources = page.getByRole('region', { name: 'Account-level resources' });
  await pressOn(page, resources.getByRole('link', { name: /^Connectors/ }));
  await pressOn(page, page.getByRole('link', { name: 'New Connector' }).first());
  await pressOn(page, page.getByRole('link', { name: /^AWS KMS/ }));

  await shows(page, 'heading', 'Overview');
  await typeInto(page, page.getByRole('textbox', { name: 'Name' }), 'Keyboard only');
  await page.keyboard.press('Enter');

  await shows(page, 'heading', 'Details');
  await tabTo(page, credentialRadio(page, 'ManualConfig'));
  await createSecretByKeyboard(page, 'AWS Access Key ID', user.accessKeyId);
  await createSecretByKeyboard(page, 'AWS Secret Access Key', user.secretAccessKey);
  await typeInto(page, page.getByRole('textbox', { name: 'AWS ARN' }), seeded(seed.keys, 'working').arn);
  await pressOn(page, button('Continue'));

  await shows(page, 'heading', 'Delegates Setup');
  await pressOn(page, button('Save and Continue'));
  await shows(page, 'heading', 'Connection successful');
  await pressOn(page, button('Finish'));
  await shows(page, 'heading', 'Keyboard only');
});
