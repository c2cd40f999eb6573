import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { consoleTests } from './console-test.ts';
import { credentialRadio, openWizard, overview } from './wizard.ts';

const it = consoleTests();

const hasFocus = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector);

it('has one stop for the credential types, between which the arrow keys move', async ({ page }) => {
  await openWizard(page);
  await overview(page, { name: 'Stops' });
  await page.keyboard.press('Tab');
  expect(await credentialRadio(page, 'ManualConfig').evaluate((card) => card === document.activeElement)).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await credentialRadio(page, 'AssumeSTSRole').isChecked()).toBe(true);
  await page.keyboard.press('Tab');
  expect(await hasFocus(page, '[role="radio"]')).toBe(false);
  await page.keyboard.press('Shift+Tab');
  expect(await credentialRadio(page, 'AssumeSTSRole').evaluate((card) => card === document.activeElement)).toBe(true);
});

it('goes on from the region to the next field, also while its list is open', async ({ page }) => {
  await openWizard(page);
  await overview(page, { name: 'Onwards' });
  const region = page.getByRole('combobox', { name: 'Region' });
  await region.click();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Tab');
  expect(await hasFocus(page, 'input[type="checkbox"]')).toBe(true);
});
