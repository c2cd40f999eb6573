import { FILE_MAX_BYTES } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { consoleTests } from './console-test.ts';
import { givenManager } from './kms-manager.ts';
import { shows } from './wizard.ts';

const it = consoleTests();
/** At this rate the longest file takes a minute. */
const SLOW = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: FILE_MAX_BYTES / 60 };
const FULL_SPEED = { ...SLOW, uploadThroughput: -1 };

/** A network whose speed can be changed while the page uses it. */
async function networkOf(page: Page): Promise<(conditions: typeof SLOW) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  return async (conditions) => void (await session.send('Network.emulateNetworkConditions', conditions));
}

async function choose(page: Page, name: string, bytes: number): Promise<void> {
  await page.goto('/settings/secrets/new?type=SecretFile');
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  const file = { name: 'big.bin', mimeType: 'application/octet-stream', buffer: Buffer.alloc(bytes, 7) };
  await page.locator('input[type=file]').setInputFiles(file);
}

const create = (page: Page) => page.getByRole('button', { name: 'Create secret' });
const uploads = (page: Page): string[] => {
  const sent: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
  return sent;
};

it('says that a file is too long before anything of it is sent', async ({ page }) => {
  const sent = uploads(page);
  await choose(page, 'Too long', FILE_MAX_BYTES + 1);
  await create(page).click();
  await page.getByText(/big\.bin has .+ at most/).waitFor();
  expect(sent.filter((url) => url.includes('/secrets/files'))).toEqual([]);
});

it('ends an upload that is cancelled: nothing is stored, the form keeps all, and goes on at the next try', async ({
  page,
  server,
}) => {
  const setNetwork = await networkOf(page);
  await choose(page, 'Interrupted', FILE_MAX_BYTES);
  await setNetwork(SLOW);
  await create(page).click();
  await page.getByText(/^[1-9]\d? % sent$/).waitFor();
  await page.getByRole('button', { name: 'Cancel the upload' }).click();
  await page.getByRole('progressbar', { name: 'Upload' }).waitFor({ state: 'detached' });
  const stored = await apiClient(server.url)('GET', '/ng/api/v2/secrets/Interrupted');
  expect(stored.text).toContain('There is no secret');

  await page.getByText('big.bin').waitFor();
  await setNetwork(FULL_SPEED);
  await create(page).click();
  await shows(page, 'heading', 'Interrupted');
  await page.getByText('10 MiB').first().waitFor();
});

it(
  'tells what the server refuses while the file is still on its way',
  async ({ page, server }) => {
    const call = apiClient(server.url);
    await givenManager(call, 'disabled_meanwhile');
    const setNetwork = await networkOf(page);
    await choose(page, 'Refused', FILE_MAX_BYTES);
    await page.getByRole('combobox', { name: 'Secret manager' }).click();
    await page.getByRole('option', { name: /disabled_meanwhile/ }).click();
    await mustSucceed(call, 'POST', '/api/connectors/disabled_meanwhile/disable');
    await setNetwork(SLOW);
    await create(page).click();
    // The whole file would take a minute.
    await page.getByText(/^The secret manager “disabled_meanwhile” is disabled/).waitFor({ timeout: 20_000 });
    await page.getByText('big.bin').waitFor();
  },
  { expected: /status of 400 .*secrets.files/ },
);
