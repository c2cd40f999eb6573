import type { Locator, Page } from 'playwright-core';

const MOST_STOPS = 80;

/**
 * Presses Tab until the element has the focus.
 * @throws Error that lists where the focus went when it is not reached.
 */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  const visited: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    await page.keyboard.press('Tab');
    if (await target.evaluate((element) => element === document.activeElement)) return;
    visited.push(
      await page.evaluate(() => document.activeElement?.textContent || document.activeElement?.tagName || '-'),
    );
  }
  throw new Error(`The keyboard does not reach ${target}. It went: ${visited.map((v) => v.slice(0, 30)).join(' → ')}`);
}

/** Goes to a link or button and presses it. */
export async function pressOn(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  await tabTo(page, target);
  await page.keyboard.press('Enter');
}

/** Goes to a field and types. */
export async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await target.waitFor();
  await tabTo(page, target);
  await page.keyboard.type(text);
}
