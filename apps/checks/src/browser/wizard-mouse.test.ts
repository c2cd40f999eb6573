import type { SimulatorSeed } from '@wardline/contracts';
import { describe } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { seeded } from '../server/requests.ts';
import { consoleTests } from './console-test.ts';
import {
  chooseRegion,
  createSecret,
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

const seedOf = (url: string) => mustSucceed<SimulatorSeed>(apiClient(url), 'GET', '/api/simulator');

describe('the wizard, with the mouse, leads to a successful connection', () => {
  const it = consoleTests();

  it('for AWS Access Key, with both secrets created on the way', async ({ page, server }) => {
    const seed = await seedOf(server.url);
    const user = seeded(seed.users, 'wardline');
    await openWizard(page);
    await overview(page, { name: 'Mouse access key', description: 'By mouse', tag: 'env:test' });
    await credentialRadio(page, 'ManualConfig').click();
    await createSecret(page, 'AWS Access Key ID', user.accessKeyId);
    await createSecret(page, 'AWS Secret Access Key', user.secretAccessKey);
    await keyArn(page, seeded(seed.keys, 'working').arn);
    await goOn(page, 'Delegates Setup');
    await page.getByText('1/1 matching').waitFor();
    await saveAndTest(page, 'Connection successful');
    await finish(page, 'Mouse access key');
  });

  it('for Assume IAM Role on Delegate, with the ARN in a secret', async ({ page, server }) => {
    const seed = await seedOf(server.url);
    await openWizard(page);
    await overview(page, { name: 'Mouse IAM role' });
    await credentialRadio(page, 'AssumeIAMRole').click();
    await page.getByText('Encrypted secret').click();
    await createSecret(page, 'Secret with the ARN', seeded(seed.keys, 'working').arn);
    await chooseRegion(page, seed.region);
    await goOn(page, 'Delegates Setup');
    await delegateTag(page, 'embedded');
    await page.getByText('1/1 matching').waitFor();
    await saveAndTest(page, 'Connection successful');
    await finish(page, 'Mouse IAM role');
  });

  it('for Assume Role using STS on Delegate, with external ID and duration', async ({ page, server }) => {
    const seed = await seedOf(server.url);
    const role = seeded(seed.roles, 'wardline-kms');
    await openWizard(page);
    await overview(page, { name: 'Mouse STS role' });
    await credentialRadio(page, 'AssumeSTSRole').click();
    await page.getByLabel('Role ARN').fill(role.arn);
    await page.getByLabel('External ID').fill(role.externalId ?? '');
    await page.getByLabel(/^Assume Role Duration/).fill('900');
    await keyArn(page, seeded(seed.keys, 'working').aliasArn);
    await goOn(page, 'Delegates Setup');
    await delegateTag(page, 'embedded');
    await saveAndTest(page, 'Connection successful');
    await finish(page, 'Mouse STS role');
  });

  for (const through of ['platform', 'delegate'] as const) {
    it(`for OIDC through the ${through}`, async ({ page, server }) => {
      const seed = await seedOf(server.url);
      const name = `Mouse OIDC ${through}`;
      await openWizard(page);
      await overview(page, { name });
      await credentialRadio(page, 'OidcAuthentication').click();
      await page.getByRole('textbox', { name: 'IAM Role' }).fill(seeded(seed.roles, 'wardline-oidc').arn);
      await keyArn(page, seeded(seed.keys, 'multi-region').arn);
      await goOn(page, 'Connectivity Mode');
      await page.getByRole('radio', { name: new RegExp(`^Connect through (a|the) ${through}`) }).click();
      await goOn(page, 'Delegates Setup');
      if (through === 'platform') await page.getByText('No delegate is needed').waitFor();
      await saveAndTest(page, 'Connection successful');
      await finish(page, name);
    });
  }

  it('and a draft can be tested before it is saved', async ({ page, server }) => {
    const seed = await seedOf(server.url);
    await openWizard(page);
    await overview(page, { name: 'Never saved' });
    await credentialRadio(page, 'OidcAuthentication').click();
    await page.getByRole('textbox', { name: 'IAM Role' }).fill(seeded(seed.roles, 'wardline-oidc').arn);
    await keyArn(page, seeded(seed.keys, 'working').arn);
    await page.getByRole('button', { name: 'Test before saving' }).click();
    await shows(page, 'heading', 'Connection successful');
    const stored = await apiClient(server.url)('GET', '/ng/api/connectors/Never_saved');
    if (stored.status === 200) throw new Error('Testing a draft has stored it.');
  });
});
