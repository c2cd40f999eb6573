import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import type { ServerOptions } from '../server/start-server.ts';

/** The administrator of a server that was set up unattended. */
export const ADA = { email: 'ada@example.com', password: randomBytes(12).toString('hex') } as const;

/** A server that Ada can sign in to. */
export const WITH_ADA: ServerOptions = {
  env: { WARDLINE_BOOTSTRAP_ADMIN_EMAIL: ADA.email, WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: ADA.password },
};

/** Without the API key that other tests act with: a browser as people have it. */
export const AS_NOBODY = { extraHTTPHeaders: {} } as const;

/** The page asks who one is before there is a session, and browsers report the answer. */
export const NOT_SIGNED_IN = /status of 401 /;

/** The field for a password, not the button beside it that shows it. */
export const passwordField = (page: Page, name: string | RegExp = 'Password') => page.getByRole('textbox', { name });

/** Fills the first step and sends it. */
export async function typePassword(page: Page, { email, password }: { email?: string; password: string }) {
  if (email !== undefined) await page.getByLabel('E-mail address').fill(email);
  await passwordField(page).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}
