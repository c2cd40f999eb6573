import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, it } from 'vitest';
import { launchChromium } from '../chromium/launch-chromium.ts';
import { expectNone } from '../expect-none.ts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { listenForComplaints } from './complaints.ts';

const DESKTOP = { width: 1280, height: 900 } as const;

interface TestPlace {
  readonly page: Page;
  readonly server: RunningServer;
}

interface TestOptions {
  readonly context?: BrowserContextOptions;
  /** What the page may complain about, because the test provokes it. */
  readonly expected?: RegExp;
  readonly timeout?: number;
}

type ConsoleTest = (name: string, run: (place: TestPlace) => Promise<void>, options?: TestOptions) => void;

function screenshotFolder(): string {
  const chosen = process.env.SCREENSHOT_DIR;
  if (!chosen) return mkdtempSync(join(tmpdir(), 'wardline-screenshots-'));
  mkdirSync(chosen, { recursive: true });
  return chosen;
}

/** Saves what the page shows, and has the failure say where. */
async function withScreenshot(page: Page, name: string, failure: unknown): Promise<never> {
  const error = failure instanceof Error ? failure : new Error(String(failure));
  const path = join(screenshotFolder(), `${name.replace(/\W+/g, '-')}.png`);
  await page.screenshot({ path, fullPage: true });
  error.message += `\nAt ${page.url()}\nScreenshot: ${path}`;
  throw error;
}

/**
 * Starts one server and one browser for the tests of a file.
 * @param start how to start the server; by default with its own simulator.
 * @returns `it` for tests in a page of their own, which also fail when the page complains.
 */
export function consoleTests(start: () => Promise<RunningServer> = startServer): ConsoleTest {
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    [server, browser] = await Promise.all([start(), launchChromium()]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  return (name, run, { context, expected, timeout = 90_000 } = {}) =>
    it(
      name,
      async () => {
        const settings = { baseURL: server.url, viewport: DESKTOP, reducedMotion: 'reduce', ...context } as const;
        const own = await browser.newContext({ extraHTTPHeaders: AS_ADMINISTRATOR, ...settings });
        own.setDefaultTimeout(15_000);
        const page = await own.newPage();
        const complaints = await listenForComplaints(page);
        try {
          await run({ page, server }).catch((error: unknown) => withScreenshot(page, name, error));
          const unexpected = complaints.filter((complaint) => !expected?.test(complaint));
          expectNone(unexpected, 'The page complained:');
        } finally {
          await own.close();
        }
      },
      timeout,
    );
}
