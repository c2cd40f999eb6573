import { expect } from 'vitest';
import { POLICY_VIOLATION } from './complaints.ts';
import { consoleTests } from './console-test.ts';
import { startBesideSilence } from './rewrap-screens.ts';
import { visitEveryScreen } from './screens.ts';

const it = consoleTests(startBesideSilence);

it(
  'is kept on every screen, with styles and scripts of the page alone',
  async ({ page, server }) => {
    const policies = new Set<string>();
    page.on('response', async (answer) => {
      if (!answer.request().isNavigationRequest()) return;
      policies.add((await answer.headerValue('content-security-policy')) ?? 'none');
    });
    const seen: string[] = [];
    await visitEveryScreen(page, server.url, async (screen) => {
      seen.push(screen);
    });
    expect(seen.length).toBeGreaterThan(20);
    expect(policies.size).toBeGreaterThan(5);
    for (const policy of policies) {
      expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']+';/);
      expect(policy).not.toContain('unsafe');
    }
  },
  { expected: /status of 400 .*no_such_connector/, timeout: 180_000 },
);

it('is kept by the description of the API, with an operation opened and tried', async ({ page }) => {
  const answer = await page.goto('/api/docs');
  expect(await answer?.headerValue('content-security-policy')).toMatch(/script-src 'self'; style-src 'self';/);
  // One at the top: the page draws only what is near the window.
  const operation = page.locator('.opblock').filter({ hasText: 'whoami' }).first();
  await operation.locator('button').first().click();
  await operation.getByRole('button', { name: 'Try it out' }).click();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await operation.locator('.live-responses-table').getByText('principal').first().waitFor();
});

it(
  'stops a style and a script that something puts into the page, and the checks hear of it',
  async ({ page }) => {
    await page.goto('/settings');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    const heard = page.waitForEvent('console', { predicate: (message) => message.text().includes('script-src') });
    const ran = await page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<p id="probe" style="position: fixed">probe</p>');
      const script = document.createElement('script');
      script.textContent = 'window.name = "script ran"';
      document.body.append(script);
      const probe = document.getElementById('probe');
      return [window.name, probe ? getComputedStyle(probe).position : 'no probe'];
    });
    await heard;
    expect(ran).toEqual(['', 'static']);
  },
  {
    expected: new RegExp(`${POLICY_VIOLATION}: (style-src|script-src)|violates the following Content Security Policy`),
  },
);
