import { expect } from 'vitest';
import { consoleTests } from './console-test.ts';
import { shows } from './wizard.ts';

const it = consoleTests();

it('leads from Settings to the wizard as people know it, and back by the breadcrumbs', async ({ page }) => {
  await page.goto('/');
  await shows(page, 'heading', 'Settings');
  const resources = page.getByRole('region', { name: 'Account-level resources' });
  await resources.getByRole('link', { name: /^Connectors/ }).click();
  await shows(page, 'heading', 'Connectors');
  await page.getByRole('link', { name: 'New Connector' }).first().click();
  await shows(page, 'heading', 'New Connector');
  await page
    .getByRole('region', { name: 'Secret Managers' })
    .getByRole('link', { name: /^AWS KMS/ })
    .click();
  await shows(page, 'heading', 'Overview');
  expect(new URL(page.url()).pathname).toBe('/settings/connectors/new/aws-kms/overview');

  const crumbs = page.getByRole('navigation', { name: 'Breadcrumbs' });
  expect(await crumbs.getByRole('link').allInnerTexts()).toEqual([
    'Settings',
    'Account-level resources',
    'Connectors',
    'New Connector',
  ]);
  await crumbs.getByRole('link', { name: 'Connectors', exact: true }).click();
  await shows(page, 'heading', 'Connectors');
});

it('says so when there is no such page or connector', async ({ page }) => {
  await page.goto('/settings/nothing-here');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Settings' }).first().waitFor();
});
