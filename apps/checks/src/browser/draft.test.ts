import { describe, expect } from 'vitest';
import { apiClient } from '../server/api-client.ts';
import { consoleTests } from './console-test.ts';
import { credentialRadio, openWizard, overview, shows } from './wizard.ts';

describe('the draft of a connector', () => {
  const it = consoleTests();

  it('survives Back and a visit to other pages, and is gone after a reload', async ({ page }) => {
    const name = page.getByRole('textbox', { name: 'Name' });
    const arn = page.getByRole('textbox', { name: 'AWS ARN' });
    await openWizard(page);
    await overview(page, { name: 'Kept for a while', tag: 'env:draft' });
    await credentialRadio(page, 'AssumeIAMRole').click();
    await arn.fill('arn:aws:kms:eu-west-1:111122223333:alias/kept');

    await page.getByRole('button', { name: 'Back' }).click();
    expect(await name.inputValue()).toBe('Kept for a while');

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
    await shows(page, 'heading', 'Settings');
    await page.goBack();
    await shows(page, 'heading', 'Overview');
    expect(await name.inputValue()).toBe('Kept for a while');
    await page.getByText('env:draft').waitFor();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await arn.waitFor();
    expect(await arn.inputValue()).toBe('arn:aws:kms:eu-west-1:111122223333:alias/kept');
    expect(await credentialRadio(page, 'AssumeIAMRole').isChecked()).toBe(true);

    await page.reload();
    // Nothing is filled in any more, so the first step is the one to begin with.
    await shows(page, 'heading', 'Overview');
    expect(await name.inputValue()).toBe('');
    expect(new URL(page.url()).pathname).toBe('/settings/connectors/new/aws-kms/overview');
  });

  it('begins with an ID that follows the name, and reports a taken one next to the field', async ({ page, server }) => {
    await openWizard(page);
    await overview(page, { name: 'Twin connector' });
    const spec = {
      credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded'] } },
      kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:alias/twin',
      region: 'eu-west-1',
    };
    const connector = { type: 'AwsKms', name: 'Twin', identifier: 'Twin_connector', spec };
    const created = await apiClient(server.url)('POST', '/ng/api/connectors', { connector });
    expect(created.status).toBe(200);

    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    const field = page.getByRole('textbox', { name: 'ID' });
    await page.getByText('A connector with the ID “Twin_connector” exists already').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill('Twin_connector_2');
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await shows(page, 'heading', 'Details');
  });
});
