import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody } from '../server/requests.ts';
import { consoleTests } from './console-test.ts';
import { givenManager, keyNamed } from './kms-manager.ts';
import { goOn, keyArn, shows } from './wizard.ts';

const it = consoleTests();
const dialogOf = (page: Page) => page.getByRole('dialog');

async function givenUser(call: Call, identifier: string, secret: string): Promise<void> {
  const keys = { accessKeyRef: `account.${secret}`, secretKeyRef: `account.${secret}` };
  const region = 'local-1';
  const body = accessKeyConnectorBody({
    identifier,
    keyArn: await keyNamed(call, 'working'),
    region,
    executeOnDelegate: true,
    ...keys,
  });
  await mustSucceed(call, 'POST', '/ng/api/connectors', body);
}

async function askToDelete(page: Page, name: string): Promise<void> {
  await page.goto('/settings/secrets');
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
}

it('does not offer to delete a secret that a connector uses, and leads to the connector', async ({ page, server }) => {
  const call = apiClient(server.url);
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('in_use', 'nothing secret'));
  await givenUser(call, 'uses_it', 'in_use');
  await askToDelete(page, 'in_use');
  await dialogOf(page)
    .getByText(/can’t be deleted while something uses it/)
    .waitFor();
  expect(await dialogOf(page).getByRole('button', { name: 'Delete' }).count()).toBe(0);
  await dialogOf(page).getByRole('link', { name: 'uses_it' }).click();
  await shows(page, 'heading', 'uses_it');
});

it(
  'lists who uses a secret when the server refuses to delete it, because a connector came to use it meanwhile',
  async ({ page, server }) => {
    const call = apiClient(server.url);
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('free_so_far', 'nothing secret'));
    await askToDelete(page, 'free_so_far');
    const remove = dialogOf(page).getByRole('button', { name: 'Delete' });
    await remove.and(page.locator(':enabled')).waitFor();
    await givenUser(call, 'came_first', 'free_so_far');
    await remove.click();
    const refusal = dialogOf(page).getByRole('alert');
    await refusal.getByText(/was not deleted, because it is in use/).waitFor();
    await refusal.getByRole('link', { name: 'came_first' }).waitFor();
    expect((await call('GET', '/ng/api/v2/secrets/free_so_far')).status).toBe(200);
  },
  { expected: /status of 4\d\d .*free_so_far/ },
);

it('names the secrets under a key before a connector gets another, and encrypts them under the new one', async ({
  page,
  server,
}) => {
  const call = apiClient(server.url);
  await givenManager(call, 'rekeyed');
  for (const name of ['first_under_it', 'second_under_it']) {
    const { secret } = secretBody(name, `value of ${name}`);
    const spec = { ...secret.spec, secretManagerIdentifier: 'rekeyed' };
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', { secret: { ...secret, spec } });
  }
  await page.goto('/settings/connectors/rekeyed/edit/details');
  await shows(page, 'heading', 'Details');
  await keyArn(page, await keyNamed(call, 'multi-region'));
  await goOn(page, 'Delegates Setup');
  await page.getByRole('button', { name: 'Save and Continue' }).click();
  const question = page.getByRole('dialog', { name: 'Change the key?' });
  await question.getByText(/^2 secrets are encrypted under the present key/).waitFor();
  for (const name of ['first_under_it', 'second_under_it']) await question.getByRole('link', { name }).waitFor();
  await question.getByRole('button', { name: 'Change the key' }).click();
  await shows(page, 'heading', 'Connection successful');

  await page.goto('/settings/rewraps');
  await page.getByRole('link', { name: 'New key of rekeyed' }).click();
  await page.getByText('2encrypted under the new key').waitFor();
  await page.goto('/settings/secrets/first_under_it');
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByText('value of first_under_it').waitFor();
});
