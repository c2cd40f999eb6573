import { expect } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { apiClient } from '../server/api-client.ts';
import { axeViolations } from './axe.ts';
import { consoleTests } from './console-test.ts';
import { shows } from './wizard.ts';

const it = consoleTests();
const AT = '/settings/access-control';
const PHONE = { width: 390, height: 844 } as const;

it('invites somebody, who opens the link, sets a password, and is active', async ({ page, server }) => {
  await page.goto(`${AT}/users`);
  await page.getByText('No users yet').waitFor();
  await page.getByRole('button', { name: 'Invite a user' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('E-mail address').fill('grace@example.com');
  await dialog.getByLabel('Name').fill('Grace Hopper');
  await dialog.getByRole('combobox', { name: 'Role at the account level' }).click();
  await page.getByRole('option', { name: /Account Viewer/ }).click();
  await dialog.getByRole('button', { name: 'Invite' }).click();
  const link = await dialog.locator('code').innerText();
  expect(link).toMatch(/\/invitation#token=/);
  await dialog.getByRole('button', { name: 'I have copied the link' }).click();
  const row = page.getByRole('row', { name: /Grace Hopper/ });
  await row.getByText('Invited').waitFor();

  const token = new URL(link).hash.slice('#token='.length);
  const redeemed = await fetch(`${server.url}/api/auth/links/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ token, password: 'seven lamps on a long table' }),
  });
  expect(redeemed.status).toBe(200);
  await page.reload();
  await row.getByText('Active').waitFor();

  await row.getByRole('button', { name: 'Actions for Grace Hopper' }).click();
  await page.getByRole('menuitem', { name: 'Lock' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lock' }).click();
  await row.getByText('Locked').waitFor();
});

it('gives a program a key that works, as far as its role goes, and no further once it is revoked', async ({
  page,
  server,
}) => {
  await page.goto(`${AT}/service-accounts`);
  await page.getByRole('button', { name: 'New service account' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Build server');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await shows(page, 'heading', 'Build server');
  await page.getByRole('button', { name: 'New API key' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('nightly');
  await page.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  const key = await page.getByRole('dialog').locator('code').first().innerText();
  await page.getByRole('dialog').getByRole('button', { name: 'I have kept the key' }).click();
  const ask = async (path: string): Promise<number> => {
    const answer = await fetch(server.url + path, { headers: { 'x-api-key': key } });
    await answer.body?.cancel();
    return answer.status;
  };
  expect(await ask('/api/whoami')).toBe(200);
  expect(await ask('/authz/api/roles')).toBe(403);

  await page.getByRole('button', { name: 'Give a role' }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: /Account Viewer/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give role' }).click();
  await page.getByRole('list', { name: 'Roles of Build server' }).getByText('Account Viewer').waitFor();
  expect(await ask('/authz/api/roles')).toBe(200);

  await page.getByRole('button', { name: 'Revoke nightly' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('None yet: nothing can act as this service account.').waitFor();
  expect(await ask('/api/whoami')).toBe(401);
});

it('makes a role, and takes it away from everybody by deleting it', async ({ page }) => {
  await page.goto(`${AT}/roles/new`);
  await page.getByLabel('Name').fill('Key tester');
  await page.getByLabel('Test and use connectors').check();
  await page.getByRole('button', { name: 'Create role' }).click();
  await shows(page, 'heading', 'Key tester');
  await page.getByRole('button', { name: 'Give to…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Give it to a').selectOption('service account');
  await dialog.getByRole('combobox', { name: 'Service account' }).fill('boots');
  await page.getByRole('option', { name: 'Bootstrap' }).click();
  await dialog.getByRole('button', { name: 'Give role' }).click();
  await page.getByRole('list', { name: 'Who has Key tester' }).getByRole('link', { name: 'Bootstrap' }).waitFor();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await shows(page, 'heading', 'Roles');
  await page.goto(`${AT}/assignments`);
  await page.getByRole('row', { name: /Bootstrap.*Account Admin/ }).waitFor();
  expect(await page.getByText('Key tester').count()).toBe(0);
});

it(
  'has no accessibility violations on its pages, and fits a phone',
  async ({ page, server }) => {
    await apiClient(server.url)('POST', '/ng/api/user-groups', { identifier: 'ops', name: 'Operations' });
    const pages = ['users', 'groups', 'groups/ops', 'service-accounts', 'service-accounts/bootstrap', 'roles'];
    const wrong: string[] = [];
    for (const path of [...pages, 'roles/_account_admin', 'roles/new', 'assignments']) {
      await page.goto(`${AT}/${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
      wrong.push(...(await axeViolations(page, path)));
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      if (over > 0) wrong.push(`${path} is ${over} px too wide`);
    }
    expectNone(wrong, 'On these pages:');
  },
  { context: { viewport: PHONE }, timeout: 180_000 },
);
