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

it(
  'says that there is no such page or connector, and where to go',
  async ({ page }) => {
    await page.goto('/settings/nothing-here');
    await shows(page, 'heading', 'Page not found');
    await page.getByRole('link', { name: 'Go to Settings' }).click();
    await shows(page, 'heading', 'Settings');
    await page.goto('/settings/connectors/no_such_connector');
    await shows(page, 'heading', 'There is no such connector');
    await page.getByRole('link', { name: 'See all connectors' }).click();
    await shows(page, 'heading', 'Connectors');
  },
  { expected: /status of 400 .*no_such_connector/ },
);
