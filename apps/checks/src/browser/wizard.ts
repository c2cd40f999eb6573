import type { CredentialType } from '@wardline/contracts';
import { CREDENTIAL_LABELS } from '@wardline/contracts';
import type { Locator, Page } from 'playwright-core';

/** Waits until an element with this role and name is on the page. */
export async function shows(page: Page, role: 'heading' | 'dialog' | 'link' | 'button', name: string | RegExp) {
  await page.getByRole(role, { name }).first().waitFor();
}

/** Settings → Account-level resources → Connectors → New Connector → Secret Managers → AWS KMS. */
export async function openWizard(page: Page): Promise<void> {
  await page.goto('/');
  const resources = page.getByRole('region', { name: 'Account-level resources' });
  await resources.getByRole('link', { name: /^Connectors/ }).click();
  await page.getByRole('link', { name: 'New Connector' }).first().click();
  await page
    .getByRole('region', { name: 'Secret Managers' })
    .getByRole('link', { name: /AWS KMS/ })
    .click();
  await shows(page, 'heading', 'Overview');
}

export interface Overview {
  readonly name: string;
  readonly description?: string;
  readonly tag?: string;
}

/** Fills the first step and goes on. */
export async function overview(page: Page, { name, description, tag }: Overview): Promise<void> {
  await page.getByLabel('Name').fill(name);
  if (description) await page.getByLabel('Description').fill(description);
  if (tag) {
    const tags = page.getByRole('combobox', { name: 'Tags' });
    await tags.fill(tag);
    await tags.press('Enter');
  }
  await goOn(page, 'Details');
}

/** Presses Continue and waits for the heading of the next step. */
export async function goOn(page: Page, next: string): Promise<void> {
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await shows(page, 'heading', next);
}

/** The radio of a credential type; its name goes on with the line that says when to take it. */
export function credentialRadio(page: Page, type: CredentialType): Locator {
  return page.getByRole('radiogroup', { name: 'Credential Type' }).getByRole('radio', {
    name: new RegExp(`^${CREDENTIAL_LABELS[type]}`),
  });
}

/** Creates a secret in the dialog of a field and has the field use it. */
export async function createSecret(page: Page, field: string, value: string): Promise<void> {
  const group = page.getByRole('group', { name: field });
  await group.getByRole('button', { name: 'Create or Select a Secret' }).click();
  const dialog = page.getByRole('dialog', { name: /^Create or Select a Secret/ });
  await dialog.getByText('Built-in Secret Manager').first().waitFor();
  await dialog.getByLabel(/^Value/).fill(value);
  await dialog.getByRole('button', { name: 'Create and use' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await group.getByRole('button', { name: 'Change' }).waitFor();
}

/** Pastes the key's ARN, which chooses the region too. */
export async function keyArn(page: Page, arn: string): Promise<void> {
  await page.getByRole('textbox', { name: 'AWS ARN' }).fill(arn);
}

/** Chooses a region by searching for its code. */
export async function chooseRegion(page: Page, region: string): Promise<void> {
  const field = page.getByRole('combobox', { name: 'Region' });
  await field.click();
  await field.fill(region);
  await page
    .getByRole('option', { name: new RegExp(region) })
    .first()
    .click();
}

/** Chooses one of the suggested delegate tags. */
export async function delegateTag(page: Page, tag: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Delegate tags' }).click();
  await page.getByRole('option', { name: tag, exact: true }).click();
  await page.keyboard.press('Escape');
}

/** Saves, which leads to the test, and waits for how it ends. */
export async function saveAndTest(page: Page, outcome: 'Connection successful' | 'Connection failed'): Promise<void> {
  await page.getByRole('button', { name: 'Save and Continue' }).click();
  await shows(page, 'heading', 'Connection Test');
  await shows(page, 'heading', outcome);
}

/** Leaves the wizard after a success; the connector's own page follows. */
export async function finish(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Finish', exact: true }).click();
  await shows(page, 'heading', name);
  await page.getByText('Connected', { exact: true }).first().waitFor();
}
