import { expect } from 'vitest';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { consoleTests } from './console-test.ts';

const it = consoleTests();

const LONG = {
  type: 'AwsKms',
  name: 'N'.repeat(128),
  description: 'D'.repeat(1024),
  tags: { ['k'.repeat(128)]: 'v'.repeat(255) },
  spec: {
    credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded'] } },
    kmsArnInPlainText: `arn:aws:kms:eu-west-1:111122223333:alias/${'payments-'.repeat(27)}`,
    region: 'eu-west-1',
  },
};

for (const width of [1440, 390]) {
  it(
    `the longest texts push nothing aside at ${width} pixels`,
    async ({ page, server }) => {
      const identifier = `long_texts_${width}`;
      await mustSucceed(apiClient(server.url), 'POST', '/ng/api/connectors', { connector: { ...LONG, identifier } });
      const overflow = () =>
        page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

      await page.goto('/settings/connectors');
      const alias = page.getByTitle(/:alias\/payments-/).first();
      await alias.waitFor();
      const { height = 0 } = (await alias.boundingBox()) ?? {};
      expect(height).toBeLessThan(24);
      expect(await overflow()).toBe(0);

      await page.goto(`/settings/connectors/${identifier}`);
      const test = page.getByRole('button', { name: 'Test', exact: true });
      await test.waitFor();
      expect(await overflow()).toBe(0);
      if (width === 1440) {
        const title = await page.getByRole('heading', { level: 1 }).boundingBox();
        expect((await test.boundingBox())?.y).toBeCloseTo(title?.y ?? 0, -1);
      }
    },
    { context: { viewport: { width, height: 900 } } },
  );
}
