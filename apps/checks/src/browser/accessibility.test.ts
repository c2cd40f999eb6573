import { expectNone } from '../expect-none.ts';
import { axeViolations } from './axe.ts';
import { consoleTests } from './console-test.ts';
import { startBesideSilence } from './rewrap-screens.ts';
import { visitEveryScreen } from './screens.ts';

const it = consoleTests(startBesideSilence);

it(
  'has no accessibility violations on any screen, in light and in dark',
  async ({ page, server }) => {
    const violations: string[] = [];
    await visitEveryScreen(page, server.url, async (screen) => {
      violations.push(...(await axeViolations(page, screen)));
    });
    expectNone(violations, 'Each rule is explained at https://dequeuniversity.com/rules/axe');
  },
  // The screen for an unknown connector is that of an answer with status 400.
  { expected: /status of 400 .*no_such_connector/, timeout: 240_000 },
);
