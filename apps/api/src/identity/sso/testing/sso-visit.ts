import { Browser } from '../../../test-support/browser.ts';
import type { TestApp } from '../../../test-support/test-app.ts';
import { signInAtProvider } from './sign-in-at-provider.ts';

/** Begins single sign-on. @returns the browser, and where it is sent. */
export async function beginSso(
  app: TestApp,
  returnTo = '/connectors',
): Promise<{ browser: Browser; location: string }> {
  const browser = new Browser(app);
  const url = `/api/auth/sso/start?returnTo=${encodeURIComponent(returnTo)}`;
  const response = await browser.open({ method: 'GET', url });
  return { browser, location: String(response.headers.location) };
}

/** Comes back from the provider. @returns where the browser is sent. */
export async function comeBack(browser: Browser, callback: URL): Promise<string> {
  const response = await browser.open({ method: 'GET', url: `${callback.pathname}${callback.search}` });
  if (response.statusCode !== 302) throw new Error(`${response.statusCode}: ${response.body}`);
  return String(response.headers.location);
}

/** Signs in at the provider from beginning to end. */
export async function visit(app: TestApp, login: string): Promise<{ browser: Browser; location: string }> {
  const { browser, location } = await beginSso(app);
  return { browser, location: await comeBack(browser, await signInAtProvider(location, login)) };
}
