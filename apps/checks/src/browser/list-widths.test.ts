import type { Page } from 'playwright-core';
import { expectNone } from '../expect-none.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { secretBody } from '../server/requests.ts';
import { startServer } from '../server/start-server.ts';
import { consoleTests } from './console-test.ts';
import { WITH_ADA } from './sign-in.ts';

const it = consoleTests(() => startServer(WITH_ADA));

const LISTS = [
  '/settings/connectors',
  '/settings/secrets',
  '/settings/delegates',
  '/settings/audit',
  '/settings/access-control/users',
  '/settings/access-control/assignments',
];

/** Texts of fields that are cut off, and headings of columns that are broken into several lines. */
function whatDoesNotFit(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const measure = document.createElement('canvas').getContext('2d');
    const isCut = (field: HTMLInputElement): boolean => {
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      if (measure) measure.font = font;
      const text = measure?.measureText(field.value || field.placeholder).width ?? 0;
      return text > field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
    };
    const fields = [...document.querySelectorAll('main input')].filter((field) => field instanceof HTMLInputElement);
    const cut = fields.filter((field) => field.type !== 'hidden' && isCut(field));
    const broken = [...document.querySelectorAll('main th')].filter(({ clientHeight }) => clientHeight > 50);
    return [...cut.map((field) => field.value || field.placeholder), ...broken.map((head) => head.textContent ?? '')];
  });
}

for (const width of [1280, 1024, 768]) {
  it(
    `no list cuts off what its filters say, nor breaks its columns, at ${width} pixels`,
    async ({ page, server }) => {
      const call = apiClient(server.url);
      await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody(`listed_at_${width}`, 'nothing secret'));
      const credential = { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded'] } };
      const spec = { credential, kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:alias/a', region: 'eu-west-1' };
      const connector = { type: 'AwsKms', name: 'Listed', identifier: `listed_at_${width}`, spec };
      await mustSucceed(call, 'POST', '/ng/api/connectors', { connector });
      const found: string[] = [];
      for (const path of LISTS) {
        await page.goto(path);
        await page.locator('main [aria-busy=true]').waitFor({ state: 'detached' });
        await page
          .getByText(/^\d.* of \d+$|^embedded$/)
          .first()
          .waitFor();
        found.push(...(await whatDoesNotFit(page)).map((text) => `${path}: ${text}`));
      }
      expectNone(found, 'These are cut off or broken:');
    },
    { context: { viewport: { width, height: 900 } } },
  );
}
