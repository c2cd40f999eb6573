import axe from 'axe-core';
import type { Page } from 'playwright-core';

const COLOR_SCHEMES = ['light', 'dark'] as const;

/** Rules of WCAG 2.2 A and AA, and axe's own good practices. https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

function inWords(screen: string, scheme: string, { id, help, nodes }: Violation): string {
  const places = nodes
    .slice(0, 3)
    .map((node) => `${node.target.join(' ')}: ${node.failureSummary?.replace(/\s+/g, ' ')}`);
  return `${screen}, ${scheme}: ${help} (${id}, ${nodes.length} ×)\n    ${places.join('\n    ')}`;
}

/** Waits until the page has taken up the scheme, and colours have arrived where they are going; what spins is not waited for. */
async function schemeApplied(page: Page, scheme: string): Promise<void> {
  await page.waitForFunction((wanted) => document.documentElement.dataset.mantineColorScheme === wanted, scheme);
  await page.evaluate(async () => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await nextFrame();
    await nextFrame();
    const finite = document.getAnimations().filter((each) => each.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(finite.map((animation) => animation.finished));
  });
}

/** Runs axe on the page, or on the dialog or popup that is open over it: the page below was a screen of its own. */
async function runAxe(page: Page): Promise<readonly Violation[]> {
  // Evaluated through the debugger, so that the page's content security policy stays as it is.
  await page.evaluate(axe.source);
  return page.evaluate(async (tags): Promise<readonly Violation[]> => {
    const popups = [...document.querySelectorAll('[data-portal] :is([role=listbox], [role=menu])')];
    const popup = popups.find((element) => element.checkVisibility())?.closest('[data-portal]');
    const over = document.querySelector('[aria-modal=true]') ?? popup;
    const results = await (window as unknown as { axe: typeof axe }).axe.run(over ?? document, {
      runOnly: { type: 'tag', values: tags },
      resultTypes: ['violations'],
      // A popup belongs to its field or button, not to a landmark of the page.
      rules: { region: { enabled: over === undefined } },
    });
    return results.violations;
  }, TAGS);
}

/**
 * What axe finds wrong with what is on screen, in light and in dark.
 * @returns one text per violation, with the first places of it.
 */
export async function axeViolations(page: Page, screen: string): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of COLOR_SCHEMES) {
    await page.emulateMedia({ colorScheme });
    await schemeApplied(page, colorScheme);
    const violations = await runAxe(page);
    found.push(...violations.map((violation) => inWords(screen, colorScheme, violation)));
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}
