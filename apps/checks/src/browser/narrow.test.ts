import { expectNone } from '../expect-none.ts';
import { consoleTests } from './console-test.ts';
import { startBesideSilence } from './rewrap-screens.ts';
import { visitEveryScreen } from './screens.ts';

const PHONE = { width: 390, height: 844 } as const;
const it = consoleTests(startBesideSilence);

it(
  'fits a phone: nothing scrolls sideways on any screen at 390 pixels',
  async ({ page, server }) => {
    const tooWide: string[] = [];
    await visitEveryScreen(page, server.url, async (screen) => {
      const widest = await page.evaluate(() => {
        const page = document.documentElement;
        if (page.scrollWidth <= page.clientWidth) return undefined;
        const right = (element: Element): number => element.getBoundingClientRect().right;
        const guilty = [...document.body.querySelectorAll('*')].toSorted((a, b) => right(b) - right(a))[0];
        return `${page.scrollWidth} px: ${guilty?.outerHTML.slice(0, 160)}`;
      });
      if (widest) tooWide.push(`${screen}: ${widest}`);
    });
    expectNone(tooWide, 'These are wider than the screen:');
  },
  { context: { viewport: PHONE }, expected: /status of 400 .*no_such_connector/, timeout: 240_000 },
);
