import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { consoleTests } from './console-test.ts';
import { givenManager } from './kms-manager.ts';
import { shows } from './wizard.ts';

const it = consoleTests();
const VALUE = 'not a secret\nof two lines';
const CLIPBOARD = { context: { permissions: ['clipboard-read', 'clipboard-write'] } };

async function fillNew(page: Page, name: string, manager: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('combobox', { name: 'Secret manager' }).click();
  await page.getByRole('option', { name: new RegExp(manager) }).click();
}

const dialogOf = (page: Page) => page.getByRole('dialog');

it(
  'keeps a text under a KMS key: shown for a while, copied unseen, replaced, rolled back',
  async ({ page, server }) => {
    await givenManager(apiClient(server.url), 'text_kms');
    await page.goto('/settings/secrets');
    await page.getByRole('link', { name: 'New secret' }).click();
    await fillNew(page, 'Database', 'text_kms');
    await page.getByRole('textbox', { name: 'Value' }).fill(VALUE);
    await page.getByRole('button', { name: 'Create secret' }).click();
    await shows(page, 'heading', 'Database');
    expect(await page.content()).not.toContain('of two lines');

    await page.clock.install();
    await page.getByRole('button', { name: 'Reveal' }).click();
    const shown = page.getByRole('region', { name: 'The value' });
    expect(await shown.innerText()).toBe(VALUE);
    await page.clock.runFor(31_000);
    await shown.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain('of two lines');

    await page.getByRole('button', { name: 'Copy without showing' }).click();
    await page.getByText(/^Copied\. It stays/).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(VALUE);

    await page.getByRole('button', { name: 'Replace value' }).click();
    await dialogOf(page).getByRole('textbox', { name: 'Value' }).fill('another');
    await dialogOf(page).getByRole('button', { name: 'Replace value' }).click();
    await dialogOf(page).waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: /Versions/ }).click();
    await page.getByRole('button', { name: 'Actions for version 1' }).click();
    await page.getByRole('menuitem', { name: 'Roll back to this' }).click();
    await dialogOf(page).getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('Rolled back to 1').waitFor();
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('button', { name: 'Reveal' }).click();
    expect(await shown.innerText()).toBe(VALUE);
  },
  CLIPBOARD,
);

it('keeps a file under a KMS key and gives back the same bytes', async ({ page, server }) => {
  await givenManager(apiClient(server.url), 'file_kms');
  const buffer = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 7) % 251));
  await page.goto('/settings/secrets/new?type=SecretFile');
  await fillNew(page, 'Keystore', 'file_kms');
  const input = page.locator('input[type=file]');
  await input.setInputFiles({ name: 'empty.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(0) });
  await page.getByText(/empty\.bin is empty/).waitFor();
  await input.setInputFiles({ name: 'store.jks', mimeType: 'application/octet-stream', buffer });
  await page.getByRole('button', { name: 'Create secret' }).click();
  await shows(page, 'heading', 'Keystore');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  expect(readFileSync(await download.path()).equals(buffer)).toBe(true);
});

it('names what depends on a connector before it is disabled or deleted', async ({ page, server }) => {
  const call = apiClient(server.url);
  await givenManager(call, 'radius');
  const spec = { secretManagerIdentifier: 'account.radius', valueType: 'Inline', value: 'v' };
  const secret = { type: 'SecretText', name: 'Dependent', identifier: 'dependent', spec };
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', { secret });
  await page.goto('/settings/connectors/radius');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await dialogOf(page).getByRole('link', { name: 'Dependent' }).waitFor();
  expect(await dialogOf(page).getByRole('button', { name: 'Delete' }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await dialogOf(page).waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Disable', exact: true }).click();
  await dialogOf(page).getByRole('link', { name: 'Dependent' }).waitFor();
  await dialogOf(page).getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('button', { name: 'Enable', exact: true }).click();
  await page.getByRole('button', { name: 'Disable', exact: true }).waitFor();
});

it('moves secrets to another manager and shows the report', async ({ page, server }) => {
  const call = apiClient(server.url);
  await givenManager(call, 'moved_from');
  const spec = { secretManagerIdentifier: 'account.moved_from', valueType: 'Inline', value: 'v' };
  const secret = { type: 'SecretText', name: 'Mover', identifier: 'mover', spec };
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', { secret });
  await page.goto('/settings/rewraps?from=account.moved_from');
  await dialogOf(page).getByRole('combobox', { name: 'To' }).click();
  await page.getByRole('option', { name: /Built-in/ }).click();
  await dialogOf(page).getByRole('button', { name: 'Move secrets' }).click();
  await shows(page, 'heading', 'Report');
  await page.getByText('1 of 1 secrets, 100 %').waitFor();
  await page.getByText('1encrypted under the new key').waitFor();
  await page.goto('/settings/secrets/mover');
  await page.getByRole('region', { name: 'Details' }).getByText('Built-in Secret Manager').waitFor();
});
