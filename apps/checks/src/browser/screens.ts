import { CREDENTIAL_TYPES, type SimulatorSeed } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { seeded } from '../server/requests.ts';
import { rewrapScreens } from './rewrap-screens.ts';
import { createSecret, credentialRadio, goOn, keyArn, openWizard, overview, saveAndTest, shows } from './wizard.ts';

/** Called when a screen is complete; its name is for people. */
export type OnScreen = (screen: string) => Promise<void>;

async function beforeAnything(page: Page, onScreen: OnScreen): Promise<void> {
  await page.goto('/settings');
  await page.getByText('None yet.').waitFor();
  await onScreen('settings');
  await page.goto('/settings/connectors');
  await page.getByText('No connectors yet').waitFor();
  await onScreen('connectors, none yet');
  await page.goto('/settings/connectors/new');
  await shows(page, 'link', /^AWS KMS/);
  await onScreen('connector types');
  await page.goto('/settings/simulator');
  await page.getByText('no-generate').first().waitFor();
  await onScreen('simulator');
  await page.goto('/settings/nothing-here');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await onScreen('no such page');
  await page.goto('/settings/connectors/no_such_connector');
  await page.getByText('There is no such connector').waitFor();
  await onScreen('no such connector');
}

async function secretDialog(page: Page, onScreen: OnScreen): Promise<void> {
  await page.getByRole('button', { name: 'Create or Select a Secret' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Create and use' }).waitFor();
  await onScreen('secret dialog, create');
  await dialog.getByRole('tab', { name: 'Select existing' }).click();
  await dialog.getByLabel('Search secrets').waitFor();
  await onScreen('secret dialog, select');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

async function details(page: Page, onScreen: OnScreen): Promise<void> {
  for (const type of CREDENTIAL_TYPES) {
    await credentialRadio(page, type).click();
    await onScreen(`wizard, details of ${type}`);
  }
  await credentialRadio(page, 'ManualConfig').click();
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await onScreen('wizard, details with errors');
  await page.getByRole('combobox', { name: 'Region' }).click();
  await page.getByRole('option').first().waitFor();
  await onScreen('wizard, regions');
  await page.keyboard.press('Escape');
  await secretDialog(page, onScreen);
}

/** A wizard that fails first, since its user may not generate data keys; then the other type's own step. */
async function wizard(page: Page, seed: SimulatorSeed, onScreen: OnScreen): Promise<void> {
  const user = seeded(seed.users, 'no-generate');
  await openWizard(page);
  await onScreen('wizard, overview');
  await overview(page, { name: 'Every screen', tag: 'env:test' });
  await details(page, onScreen);
  await credentialRadio(page, 'OidcAuthentication').click();
  await page.getByRole('textbox', { name: 'IAM Role' }).fill(seeded(seed.roles, 'wardline-oidc').arn);
  await keyArn(page, seeded(seed.keys, 'working').arn);
  await goOn(page, 'Connectivity Mode');
  await onScreen('wizard, connectivity mode');
  await page.getByRole('button', { name: 'Test before saving' }).click();
  await shows(page, 'heading', 'Connection successful');
  await onScreen('wizard, test before saving');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Back' }).click();
  await credentialRadio(page, 'ManualConfig').click();
  await createSecret(page, 'AWS Access Key ID', user.accessKeyId);
  await createSecret(page, 'AWS Secret Access Key', user.secretAccessKey);
  await goOn(page, 'Delegates Setup');
  await page.getByText('1/1 matching').waitFor();
  await onScreen('wizard, delegates');
  await saveAndTest(page, 'Connection failed');
  await onScreen('wizard, failed test');
  await page.getByRole('button', { name: 'Test on every delegate' }).click();
  await page.getByText('The only delegate that matches failed.').first().waitFor();
  await onScreen('wizard, test on every delegate');
  await page.getByRole('button', { name: 'Finish without a working connection' }).click();
  await shows(page, 'heading', 'Every screen');
  await page.getByText('Nothing uses this connector').waitFor();
  await page.getByText(/in this time\.$/).waitFor();
  await onScreen('connector');
  await page.getByRole('button', { name: 'Test on every delegate' }).click();
  await page.getByText('The only delegate that matches failed.').first().waitFor();
  await onScreen('connector, test on every delegate');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').waitFor();
  await onScreen('connector, delete');
}

async function withConnectors(page: Page, onScreen: OnScreen): Promise<void> {
  await page.goto('/settings/connectors');
  await page.getByRole('link', { name: 'Every screen' }).waitFor();
  await onScreen('connectors');
  await page.getByRole('button', { name: 'Actions for Every screen' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
  await onScreen('connectors, actions of one');
  await page.keyboard.press('Escape');
  await page.getByLabel('Search connectors').fill('no such name');
  await page.getByText('No connector matches').waitFor();
  await onScreen('connectors, none found');
  await page.goto('/settings/connectors/Every_screen/edit/overview');
  await shows(page, 'heading', 'Overview');
  await onScreen('wizard, edit');
}

async function secretScreens(page: Page, serverUrl: string, onScreen: OnScreen): Promise<void> {
  const spec = { valueType: 'Inline', value: 'nothing secret' };
  const secret = { type: 'SecretText', name: 'Shown', identifier: 'shown', tags: { team: 'a' }, spec };
  await mustSucceed(apiClient(serverUrl), 'POST', '/ng/api/v2/secrets', { secret });
  await page.goto('/settings/secrets');
  await page.getByRole('link', { name: 'Shown' }).waitFor();
  await onScreen('secrets');
  await page.goto('/settings/secrets/new');
  await page.getByRole('combobox', { name: 'Secret manager' }).waitFor();
  await page.getByRole('button', { name: 'Create secret' }).click();
  await page.locator('[aria-invalid="true"]').first().waitFor();
  await onScreen('new secret, text with errors');
  await page.getByRole('radio', { name: /^File/ }).click();
  await page.getByText('Drop a file here').waitFor();
  await onScreen('new secret, file');
  await page.goto('/settings/secrets/shown');
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByRole('region', { name: 'The value' }).waitFor();
  await onScreen('secret, value shown');
  await page.getByRole('button', { name: 'Replace value' }).click();
  await page.getByRole('dialog').waitFor();
  await onScreen('secret, replace value');
  await page.goto('/settings/secrets/shown?tab=versions');
  await page.getByText('New value').first().waitFor();
  await onScreen('secret, versions');
  await page.goto('/settings/rewraps?from=any');
  await page.getByRole('dialog').getByRole('combobox', { name: 'To' }).waitFor();
  await onScreen('rewraps, start');
}

/** Goes through the whole console, on a new server of `startBesideSilence`, and stops at every screen and wizard step. */
export async function visitEveryScreen(page: Page, serverUrl: string, onScreen: OnScreen): Promise<void> {
  const seed = await mustSucceed<SimulatorSeed>(apiClient(serverUrl), 'GET', '/api/simulator');
  await beforeAnything(page, onScreen);
  await wizard(page, seed, onScreen);
  await withConnectors(page, onScreen);
  await secretScreens(page, serverUrl, onScreen);
  await rewrapScreens(page, serverUrl, onScreen);
}
