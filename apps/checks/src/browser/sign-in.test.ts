import { expect } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { startServer } from '../server/start-server.ts';
import { axeViolations } from './axe.ts';
import { consoleTests } from './console-test.ts';
import { oneTimeCode } from './one-time-code.ts';
import { ADA, AS_NOBODY, NOT_SIGNED_IN, passwordField, typePassword, WITH_ADA } from './sign-in.ts';
import { goOn, shows } from './wizard.ts';

const it = consoleTests(() => startServer(WITH_ADA));
const options = { context: AS_NOBODY, expected: NOT_SIGNED_IN } as const;

it(
  'asks who one is, refuses a wrong password, and then leads to the page that one wanted',
  async ({ page }) => {
    const violations: string[] = [];
    await page.goto('/settings/connectors?q=pay');
    await shows(page, 'heading', 'Sign in');
    violations.push(...(await axeViolations(page, 'sign in')));
    await typePassword(page, { email: ADA.email, password: `not ${ADA.password}` });
    await page.getByRole('alert').waitFor();
    violations.push(...(await axeViolations(page, 'sign in, refused')));
    await typePassword(page, { password: ADA.password });
    await shows(page, 'heading', 'Connectors');
    expect(page.url()).toMatch(/\/settings\/connectors\?q=pay$/);
    expectNone(violations, 'Each rule is explained at https://dequeuniversity.com/rules/axe');
  },
  options,
);

it(
  'keeps a draft whose session has ended, asks over the page, and finishes what was begun',
  async ({ page }) => {
    await page.goto('/settings/connectors/new/aws-kms/overview');
    await typePassword(page, { email: ADA.email, password: ADA.password });
    await page.getByLabel('Name').fill('Kept over a sign-in');
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Continue', exact: true }).click();
    await shows(page, 'dialog', 'Your session has ended');
    expectNone(await axeViolations(page, 'session ended'), 'https://dequeuniversity.com/rules/axe');
    await page.keyboard.press('Escape');
    await passwordField(page).fill(ADA.password);
    await page.keyboard.press('Enter');
    await shows(page, 'heading', 'Details');
    await page.getByRole('button', { name: 'Back' }).click();
    await shows(page, 'heading', 'Overview');
    expect(await page.getByLabel('Name').inputValue()).toBe('Kept over a sign-in');
    await goOn(page, 'Details');
  },
  options,
);

it(
  'signs out, and keeps nothing of the page for whoever comes next',
  async ({ page }) => {
    await page.goto('/settings');
    await typePassword(page, { email: ADA.email, password: ADA.password });
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await shows(page, 'heading', 'Sign in');
    await page.goto('/account');
    await shows(page, 'heading', 'Sign in');
  },
  options,
);

it(
  'sets up a second factor with an app, and lets in with the password and a recovery code',
  async ({ page }) => {
    const violations: string[] = [];
    await page.goto('/account');
    await typePassword(page, { email: ADA.email, password: ADA.password });
    await page.getByText('This session').waitFor();
    violations.push(...(await axeViolations(page, 'account')));
    await page.getByRole('button', { name: 'Set up' }).click();
    await passwordField(page, 'Your password').fill(ADA.password);
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByRole('img', { name: /^QR code/ }).waitFor();
    violations.push(...(await axeViolations(page, 'second factor, QR code')));
    const secret = await page.getByText(/^[A-Z2-7]{16,}$/).innerText();
    await page.getByLabel('Six-digit code').fill(oneTimeCode(secret));
    const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
    const code = await codes.first().innerText();
    violations.push(...(await axeViolations(page, 'second factor, recovery codes')));
    await page.getByRole('checkbox', { name: 'I have kept these codes' }).check();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('button', { name: 'New recovery codes' }).waitFor();

    await page.context().clearCookies();
    await page.goto('/account');
    await typePassword(page, { email: ADA.email, password: ADA.password });
    await page.getByLabel('Six-digit code').waitFor();
    violations.push(...(await axeViolations(page, 'second factor')));
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    await page.getByLabel('Recovery code').fill(code);
    await page.getByRole('button', { name: 'Verify' }).click();
    await shows(page, 'heading', 'Your account');
    expectNone(violations, 'Each rule is explained at https://dequeuniversity.com/rules/axe');
  },
  options,
);
