import type { SimulatorSeed } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { seeded } from '../server/requests.ts';
import { consoleTests } from './console-test.ts';
import {
  credentialRadio,
  delegateTag,
  finish,
  goOn,
  keyArn,
  openWizard,
  overview,
  saveAndTest,
  shows,
} from './wizard.ts';

const it = consoleTests();
const PHONE = { width: 390, height: 844 } as const;
const pathOf = (page: Page): string => new URL(page.url()).pathname;

async function createByWizard(page: Page, serverUrl: string, name: string): Promise<void> {
  const seed = await mustSucceed<SimulatorSeed>(apiClient(serverUrl), 'GET', '/api/simulator');
  await openWizard(page);
  await overview(page, { name });
  await credentialRadio(page, 'AssumeIAMRole').click();
  await keyArn(page, seeded(seed.keys, 'working').arn);
  await goOn(page, 'Delegates Setup');
  await delegateTag(page, 'embedded');
  await saveAndTest(page, 'Connection successful');
}

it('leads back to the connector that was created, and begins the next one empty', async ({ page, server }) => {
  await createByWizard(page, server.url, 'Back again');
  await page.goBack();
  await shows(page, 'heading', 'Edit Back again');
  expect(pathOf(page)).toBe('/settings/connectors/Back_again/edit/details');
  expect(await credentialRadio(page, 'AssumeIAMRole').isChecked()).toBe(true);
  await page.goBack();
  await shows(page, 'heading', 'Overview');
  expect(pathOf(page)).toBe('/settings/connectors/Back_again/edit/overview');
  await page.goBack();
  await page.getByRole('link', { name: /^AWS KMS/ }).click();
  await shows(page, 'heading', 'Overview');
  expect(await page.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('');
  expect(pathOf(page)).toBe('/settings/connectors/new/aws-kms/overview');
});

it(
  'saves a change over somebody else’s only when one decides so',
  async ({ page, server }) => {
    await createByWizard(page, server.url, 'Contended');
    await finish(page, 'Contended');
    const connector = apiClient(server.url);
    const stored = async () => (await connector<Stored>('GET', '/ng/api/connectors/Contended')).body.data.connector;

    await page.getByRole('link', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Description').fill('Mine');
    await connector('PUT', '/ng/api/connectors', { connector: { ...(await stored()), description: 'Theirs' } });
    await goOn(page, 'Details');
    await goOn(page, 'Delegates Setup');
    await page.getByRole('button', { name: 'Save and Continue' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'This connector was changed meanwhile' });
    // Text is not waited for, and the refusal takes its time.
    await alert.waitFor();
    expect(await alert.getByRole('listitem').allInnerTexts()).toEqual(['Overview: Description']);
    expect((await stored()).description).toBe('Theirs');
    expect(await alert.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);

    await alert.getByRole('button', { name: 'Overwrite it with my changes' }).click();
    await shows(page, 'heading', 'Connection successful');
    expect((await stored()).description).toBe('Mine');
  },
  { context: { viewport: PHONE }, expected: /status of 400 .*\/ng\/api\/connectors/ },
);

interface Stored {
  readonly data: { readonly connector: { readonly description: string } };
}
