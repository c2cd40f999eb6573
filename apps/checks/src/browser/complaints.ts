import type { Page } from 'playwright-core';

/** How a page says that its content security policy was violated. */
export const POLICY_VIOLATION = 'content security policy violated';

/**
 * Collects what a page complains about: errors in its console, errors that nothing caught, and violations of its
 * content security policy, also those that a policy only reports.
 */
export async function listenForComplaints(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.stack ?? error.message}`));
  await page.exposeFunction('reportViolation', (what: string) => complaints.push(`${POLICY_VIOLATION}: ${what}`));
  await page.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile, lineNumber, sample }) => {
      const report: unknown = Reflect.get(globalThis, 'reportViolation');
      if (typeof report === 'function')
        report(`${violatedDirective} ${blockedURI} ${sourceFile}:${lineNumber} ${sample}`);
    });
  });
  return complaints;
}
