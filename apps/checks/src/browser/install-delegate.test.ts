import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatorSeed } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { cleanEnvironment } from '../server/environment.ts';
import { seeded } from '../server/requests.ts';
import { axeViolations } from './axe.ts';
import { consoleTests } from './console-test.ts';
import { credentialRadio, goOn, keyArn, openWizard, overview, shows } from './wizard.ts';

const it = consoleTests();
const PHONE = { width: 390, height: 844 } as const;
const CLIPBOARD = ['clipboard-read', 'clipboard-write'];

interface Agent {
  output(): string;
  stop(): Promise<void>;
}

/** Runs a copied command in a shell and an empty folder, as a person would on a host. */
function runCommand(command: string): Agent {
  const folder = mkdtempSync(join(tmpdir(), 'wardline-agent-'));
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: folder,
    // Several agents of one host can't all have the usual port.
    env: cleanEnvironment({ HEALTH_PORT: '0' }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // The shell and the agent that it starts are one group.
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => output.push(text));
  return {
    output: () => output.join(''),
    async stop() {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Opens the dialog on the page of delegates, with a token of its own. */
async function openDialog(page: Page, { name, tag }: { readonly name: string; readonly tag: string }): Promise<void> {
  await page.goto('/settings/delegates');
  await page.getByRole('button', { name: 'Install a delegate' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByRole('combobox', { name: 'Tags' }).fill(tag);
  await dialog.getByRole('combobox', { name: 'Tags' }).press('Enter');
  await giveToken(page, name);
}

/** Makes a token in the open dialog, for a delegate of this name. */
async function giveToken(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog');
  const select = dialog.getByLabel('Token', { exact: true });
  const newName = dialog.getByLabel('Name of the new token');
  await select.or(newName).first().waitFor();
  if (await select.isVisible()) await select.selectOption({ label: 'Make a new one…' });
  await newName.fill(`${name} token`);
  await dialog.getByRole('button', { name: 'Create token' }).click();
  await dialog.getByText(`Waiting for ${name} to connect…`).waitFor();
}

async function copyNodeCommand(page: Page): Promise<string> {
  await page.getByRole('tab', { name: 'Node' }).click();
  await page.getByRole('button', { name: /^Copy Fetch the agent/ }).click();
  return page.evaluate(() => navigator.clipboard.readText());
}

it(
  'installs a delegate with the copied command: the dialog turns green, and the delegate is listed',
  async ({ page, server }) => {
    await openDialog(page, { name: 'browser-made', tag: 'from-browser' });
    const agent = runCommand(await copyNodeCommand(page));
    try {
      await page.getByText('browser-made is connected', { exact: true }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      const row = page
        .getByRole('list', { name: 'Delegates', exact: true })
        .getByRole('listitem')
        .filter({ hasText: 'browser-made' });
      await row.getByText('from-browser').waitFor();
      await row.getByRole('button', { expanded: false }).click();
      await row.getByText('browser-made token').waitFor();
      await row.getByText('0 of 10').waitFor();
      const { text } = await apiClient(server.url)('GET', '/api/setup/delegates/v2/up-the-hierarchy');
      expect(text).toContain('"from-browser"');
    } finally {
      await agent.stop();
    }
    await page.getByText('The connection was lost.', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Remove what is not connected of browser-made' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No delegate of your own yet').waitFor();
  },
  { context: { permissions: CLIPBOARD } },
);

it(
  'says that a delegate was refused, and why',
  async ({ page, server }) => {
    await openDialog(page, { name: 'turned-away', tag: 'x' });
    const command = await copyNodeCommand(page);
    await apiClient(server.url)('PUT', '/ng/api/delegate-token-ng?tokenName=turned-away%20token');
    const agent = runCommand(command);
    try {
      await page.getByText('turned-away was refused', { exact: true }).waitFor();
      await page.getByRole('dialog').getByText('Its token was revoked.', { exact: true }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      const refused = page.getByRole('list', { name: 'Refused delegates' });
      await refused.getByText('Its token was revoked.', { exact: true }).first().waitFor();
    } finally {
      await agent.stop();
    }
  },
  { context: { permissions: CLIPBOARD } },
);

it(
  'installs one from the wizard, with the tags that the connector asks for, and goes on with the draft',
  async ({ page, server }) => {
    const seed = await mustSucceed<SimulatorSeed>(apiClient(server.url), 'GET', '/api/simulator');
    await openWizard(page);
    await overview(page, { name: 'Through my own' });
    await credentialRadio(page, 'AssumeIAMRole').click();
    await keyArn(page, seeded(seed.keys, 'working').arn);
    await goOn(page, 'Delegates Setup');
    await page.getByRole('combobox', { name: 'Delegate tags' }).fill('only-mine');
    await page.getByRole('combobox', { name: 'Delegate tags' }).press('Enter');
    await page.getByText(/^0\/\d+ matching/).waitFor();
    await page.getByRole('button', { name: 'Install a delegate' }).click();
    await giveToken(page, 'my-delegate');
    const agent = runCommand(await copyNodeCommand(page));
    try {
      await page.getByText('my-delegate is connected', { exact: true }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await page.getByText(/^1\/\d+ matching/).waitFor();
    } finally {
      await agent.stop();
    }
  },
  { context: { permissions: CLIPBOARD } },
);

async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Every screen on which delegates and their tokens are dealt with. */
async function visitScreens(page: Page, onScreen: (screen: string) => Promise<void>): Promise<void> {
  await page.goto('/settings/delegates');
  await page.getByRole('list', { name: 'Delegates', exact: true }).waitFor();
  await page
    .getByRole('list', { name: 'Delegates', exact: true })
    .getByRole('button', { expanded: false })
    .first()
    .click();
  await page.getByText('Tasks now').first().waitFor();
  await onScreen('delegates');
  await page.getByLabel('Filter delegates').fill('no such delegate');
  await page.getByText('No delegate matches').waitFor();
  await onScreen('delegates, none found');
  await openDialog(page, { name: `looks-${Date.now()}`, tag: 'looks' });
  for (const way of ['Docker', 'Compose', 'Kubernetes', 'Helm', 'Node']) {
    await page.getByRole('tab', { name: way }).click();
    await onScreen(`install, ${way}`);
  }
  await page.getByRole('button', { name: 'Replicas, image, proxy and certificates' }).click();
  await page.getByLabel('Proxy', { exact: true }).fill('not an address');
  await page.getByText('Correct the marked values above').waitFor();
  await onScreen('install, wrong value');
  await page.goto('/settings/delegates/tokens');
  await shows(page, 'heading', 'Delegate tokens');
  await page
    .getByRole('button', { name: /^Revoke / })
    .first()
    .waitFor();
  await onScreen('tokens');
  await page.getByRole('button', { name: 'New token' }).click();
  await shows(page, 'dialog', 'New delegate token');
  await onScreen('tokens, new');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page
    .getByRole('button', { name: /^Revoke / })
    .first()
    .click();
  await page.getByRole('dialog').getByText('No delegate is connected with it now').waitFor();
  await onScreen('tokens, revoke');
}

it(
  'has no accessibility violations where delegates are dealt with',
  async ({ page }) => {
    const violations: string[] = [];
    await visitScreens(page, async (screen) => {
      violations.push(...(await axeViolations(page, screen)));
    });
    expectNone(violations, 'Each rule is explained at https://dequeuniversity.com/rules/axe');
  },
  { timeout: 180_000 },
);

it(
  'fits a phone where delegates are dealt with',
  async ({ page }) => {
    const tooWide: string[] = [];
    await visitScreens(page, async (screen) => {
      const by = await overflow(page);
      if (by > 0) tooWide.push(`${screen}: by ${by} px`);
    });
    expectNone(tooWide, 'These are wider than the screen:');
  },
  { context: { viewport: PHONE }, timeout: 180_000 },
);
