import type { Rewrap, SimulatorSeed } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { consoleTests } from './console-test.ts';

const it = consoleTests();

const LONG_WORDS = {
  name: 'N'.repeat(128),
  description: 'D'.repeat(1024),
  tags: { ['k'.repeat(128)]: 'v'.repeat(255) },
};
const LONG = {
  type: 'AwsKms',
  ...LONG_WORDS,
  spec: {
    credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['embedded'] } },
    kmsArnInPlainText: `arn:aws:kms:eu-west-1:111122223333:alias/${'payments-'.repeat(27)}`,
    region: 'eu-west-1',
  },
};

const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Secrets with the longest names, which a connector with the longest name uses; and a rewrap that may not move them. */
async function givenLongRewrap(call: Call, width: number): Promise<{ rewrap: Rewrap; secret: string }> {
  const { keys, users, region } = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  const user = seeded(users, 'wardline');
  const longest = (letter: string): string => `_${width}`.padEnd(128, letter);
  const ids = { id: longest('i'), secret: longest('s') };
  for (const [identifier, value] of [
    [ids.id, user.accessKeyId],
    [ids.secret, user.secretAccessKey],
  ] as const) {
    const { secret } = secretBody(identifier, value);
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', {
      secret: { ...LONG_WORDS, ...secret, name: LONG_WORDS.name },
    });
  }
  const identifier = longest('c');
  const { connector } = accessKeyConnectorBody({
    identifier,
    keyArn: seeded(keys, 'working').arn,
    region,
    accessKeyRef: `account.${ids.id}`,
    secretKeyRef: `account.${ids.secret}`,
    executeOnDelegate: true,
  });
  await mustSucceed(call, 'POST', '/ng/api/connectors', {
    connector: { ...LONG_WORDS, ...connector, name: LONG_WORDS.name },
  });
  const ends = { from: 'harnessSecretManager', to: identifier };
  const rewrap = await mustSucceed<Rewrap>(call, 'POST', '/api/secrets/rewraps', ends);
  return { rewrap, secret: ids.id };
}

for (const width of [1440, 390]) {
  it(
    `the longest texts push nothing aside at ${width} pixels`,
    async ({ page, server }) => {
      const identifier = `long_texts_${width}`;
      await mustSucceed(apiClient(server.url), 'POST', '/ng/api/connectors', { connector: { ...LONG, identifier } });

      await page.goto('/settings/connectors');
      const alias = page.getByTitle(/:alias\/payments-/).first();
      await alias.waitFor();
      const { height = 0 } = (await alias.boundingBox()) ?? {};
      expect(height).toBeLessThan(24);
      expect(await overflow(page)).toBe(0);

      await page.goto(`/settings/connectors/${identifier}`);
      const test = page.getByRole('button', { name: 'Test', exact: true });
      await test.waitFor();
      expect(await overflow(page)).toBe(0);
      if (width === 1440) {
        const title = await page.getByRole('heading', { level: 1 }).boundingBox();
        expect((await test.boundingBox())?.y).toBeCloseTo(title?.y ?? 0, -1);
      }
    },
    { context: { viewport: { width, height: 900 } } },
  );

  it(
    `the longest names of secrets and of what a rewrap could not move stay within ${width} pixels`,
    async ({ page, server }) => {
      const { rewrap, secret } = await givenLongRewrap(apiClient(server.url), width);
      await page.goto(`/settings/rewraps/${rewrap.id}`);
      await page.getByRole('heading', { name: 'What could not be moved' }).waitFor();
      await page.getByRole('link', { name: LONG_WORDS.name }).nth(1).waitFor();
      expect(await overflow(page)).toBe(0);
      await page.goto('/settings/rewraps');
      await page.getByRole('link', { name: /NNN/ }).first().waitFor();
      expect(await overflow(page)).toBe(0);
      await page.goto('/settings/secrets');
      await page.getByRole('link', { name: LONG_WORDS.name }).first().waitFor();
      expect(await overflow(page)).toBe(0);
      await page.goto(`/settings/secrets/${secret}`);
      await page.getByRole('button', { name: 'Reveal' }).waitFor();
      expect(await overflow(page)).toBe(0);
    },
    { context: { viewport: { width, height: 900 } } },
  );
}
