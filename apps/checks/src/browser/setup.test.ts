import { expect } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { axeViolations } from './axe.ts';
import { consoleTests } from './console-test.ts';
import { AS_NOBODY, passwordField } from './sign-in.ts';
import { shows } from './wizard.ts';

const it = consoleTests();

/** The link that the server printed. */
function setupLink(log: string): string {
  const link = /http\S+\/setup#token=\S+/.exec(log)?.[0];
  if (!link) throw new Error(`The server printed no setup link:\n${log}`);
  return link;
}

it(
  'explains the setup link, makes the first administrator with it, and takes it once',
  async ({ page, server }) => {
    const violations: string[] = [];
    await page.goto('/');
    await shows(page, 'heading', 'Set up Wardline');
    violations.push(...(await axeViolations(page, 'set up')));
    // The page shows the very line to look for, up to the token.
    const line = await page.getByText(/^Nobody can sign in yet/).innerText();
    expect(server.log()).toContain(line.replace(/…$/, ''));

    const link = setupLink(server.log());
    await page.goto(link);
    await shows(page, 'heading', 'Create the first administrator');
    const token = link.replace(/.*#token=/, '');
    expect(new URL(page.url()).hash).toBe('');
    expect(
      await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, history.state])),
    ).not.toContain(token);
    await page.getByLabel('E-mail address').fill('grace@example.com');
    await page.getByLabel('Your name').fill('Grace Hopper');
    await passwordField(page).fill('password1234');
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    violations.push(...(await axeViolations(page, 'first administrator, password refused')));
    await passwordField(page).fill('rain on a tin roof');
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await shows(page, 'heading', 'Settings');
    await page.getByRole('button', { name: 'Your account: Grace Hopper' }).waitFor();

    await page.goto('about:blank');
    await page.goto(link);
    await shows(page, 'heading', 'This link does not work');
    violations.push(...(await axeViolations(page, 'link that was used')));
    expectNone(violations, 'Each rule is explained at https://dequeuniversity.com/rules/axe');
  },
  { context: AS_NOBODY, expected: /status of 40[01] .*(whoami|links)/ },
);
