import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { startServer } from '../server/start-server.ts';
import { axeViolations } from './axe.ts';
import { consoleTests } from './console-test.ts';
import { ADA, AS_NOBODY, NOT_SIGNED_IN, typePassword, WITH_ADA } from './sign-in.ts';

// A download takes the browser's cookies along, and no header of a test.
const it = consoleTests(() => startServer(WITH_ADA));

const role = (description: string) => ({
  identifier: 'tester',
  name: 'Tester',
  description,
  permissions: ['core_connector_view'],
});

it(
  'tells what changed, verifies the log, knows the head again, and exports what the filters show',
  async ({ page, server }) => {
    const call = apiClient(server.url);
    await mustSucceed(call, 'POST', '/authz/api/roles', role('Tests by hand'));
    await mustSucceed(call, 'PUT', '/authz/api/roles/tester', role('Tests by night'));
    await page.goto('/settings/audit');
    await typePassword(page, ADA);
    await page.getByRole('button', { name: /Bootstrap changed role Tester/ }).click();
    const change = page.getByRole('row', { name: /Description/ });
    expect(await change.locator('del').innerText()).toBe('Tests by hand');
    expect(await change.locator('ins').innerText()).toBe('Tests by night');
    await page.getByText('PUT /authz/api/roles/').waitFor();
    const violations = await axeViolations(page, 'audit log, an event open');

    await page.getByRole('button', { name: 'Verify' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Verify' }).click();
    await dialog.getByText('The log is whole').waitFor();
    violations.push(...(await axeViolations(page, 'audit log, verified')));
    const head = await dialog.locator('code').innerText();
    expect(head).toMatch(/^\d+:[0-9a-f]{64}$/);
    await dialog.getByLabel('Where an earlier verification ended').fill(`1:${'0'.repeat(64)}`);
    await dialog.getByRole('button', { name: 'Verify again' }).click();
    await dialog.getByText('The log is broken').waitFor();
    await dialog.getByLabel('Where an earlier verification ended').fill(head);
    await dialog.getByRole('button', { name: 'Verify again' }).click();
    await dialog.getByText('The log is whole').waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();

    await page.getByRole('combobox', { name: 'Kind of resource' }).click();
    await page.getByRole('option', { name: 'Role', exact: true }).click();
    await page.getByText('2 of 2').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Export' }).click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\n');
    const events = lines.map((line): { event: { action: string } } => JSON.parse(line));
    expect(events.map(({ event }) => event.action)).toEqual(['CREATE', 'UPDATE']);
    expectNone(violations, 'Each rule is explained at https://dequeuniversity.com/rules/axe');
  },
  { context: AS_NOBODY, expected: NOT_SIGNED_IN },
);

it(
  'loads more on a phone without anything to scroll sideways',
  async ({ page, server }) => {
    const call = apiClient(server.url);
    for (let index = 0; index < 35; index += 1) {
      await mustSucceed(call, 'POST', '/ng/api/user-groups', { identifier: `group_${index}`, name: `Group ${index}` });
    }
    await page.goto('/settings/audit?resource=USER_GROUP&action=CREATE');
    await page.getByText(/^30 of/).waitFor();
    await page.getByRole('button', { name: 'Load more' }).click();
    await page.getByText('35 of 35').waitFor();
    await page.getByRole('button', { name: /created user group Group 0$|created user group Group 0 / }).click();
    await page.getByText('Request ID').waitFor();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBe(0);
  },
  { context: { viewport: { width: 390, height: 844 } } },
);
