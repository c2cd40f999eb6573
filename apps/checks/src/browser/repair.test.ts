import { type Simulator, startSimulator } from '@wardline/aws-simulator';
import { afterAll, describe } from 'vitest';
import { freePort } from '../server/free-port.ts';
import { seeded } from '../server/requests.ts';
import { startServer } from '../server/start-server.ts';
import { consoleTests } from './console-test.ts';
import {
  chooseRegion,
  createSecret,
  finish,
  goOn,
  keyArn,
  openWizard,
  overview,
  saveAndTest,
  shows,
} from './wizard.ts';

interface PolicyDocument {
  readonly Version: string;
  readonly Statement: readonly unknown[];
}

const policyOf = (statements: readonly unknown[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });

let simulator: Simulator;

/** A server whose region `local-1` is a simulator in this process, so that the test can be its administrator. */
async function serverBesideSimulator() {
  const port = await freePort();
  simulator = await startSimulator({ oidcIssuer: `http://127.0.0.1:${port}/ng/api/oidc/account/default` });
  const endpoints = JSON.stringify({ [simulator.region]: simulator.endpoints });
  return startServer({ port, env: { WARDLINE_SIMULATOR: 'off', WARDLINE_AWS_ENDPOINTS: endpoints } });
}

describe('a failing connection is repaired by following what the screen says', () => {
  afterAll(async () => simulator?.close());
  const it = consoleTests(serverBesideSimulator);

  it('by the IAM policy that it prints, when the user may not generate data keys', async ({ page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const before = { Effect: 'Allow', Action: ['kms:DescribeKey', 'kms:Decrypt'], Resource: '*' };
    const user = simulator.admin.createUser({ name: 'newcomer', policy: policyOf([before]) });
    await openWizard(page);
    await overview(page, { name: 'Lacks a permission' });
    await createSecret(page, 'AWS Access Key ID', user.accessKeyId);
    await createSecret(page, 'AWS Secret Access Key', user.secretAccessKey);
    await keyArn(page, seeded(simulator.seed.keys, 'working').arn);
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection failed');

    const finding = page.getByRole('region', { name: /kms:GenerateDataKey/ });
    await finding.getByRole('button', { name: 'Copy IAM policy' }).click();
    const printed = JSON.parse(await page.evaluate(() => navigator.clipboard.readText())) as PolicyDocument;
    simulator.admin.putUserPolicy('newcomer', policyOf([before, ...printed.Statement]));

    await page.getByRole('button', { name: 'Retest' }).click();
    await shows(page, 'heading', 'Connection successful');
    await finish(page, 'Lacks a permission');
  });

  it('by choosing the region of the ARN, after a wrong one', async ({ page }) => {
    const user = seeded(simulator.seed.users, 'wardline');
    await openWizard(page);
    await overview(page, { name: 'Wrong region' });
    await createSecret(page, 'AWS Access Key ID', user.accessKeyId);
    await createSecret(page, 'AWS Secret Access Key', user.secretAccessKey);
    await keyArn(page, seeded(simulator.seed.keys, 'working').arn);
    await chooseRegion(page, 'eu-west-1');
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection failed');

    await page.getByRole('region', { name: /^The key is in local-1/ }).waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await shows(page, 'heading', 'Details');
    await page.getByRole('button', { name: `Use ${simulator.region}` }).click();
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection successful');
    await finish(page, 'Wrong region');
  });

  it('by another key, after the ARN of one that is disabled', async ({ page }) => {
    const user = seeded(simulator.seed.users, 'wardline');
    await openWizard(page);
    await overview(page, { name: 'Wrong key' });
    await createSecret(page, 'AWS Access Key ID', user.accessKeyId);
    await createSecret(page, 'AWS Secret Access Key', user.secretAccessKey);
    await keyArn(page, seeded(simulator.seed.keys, 'disabled').arn);
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection failed');

    await page.getByRole('region', { name: 'The key is disabled' }).waitFor();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await keyArn(page, seeded(simulator.seed.keys, 'working').arn);
    await goOn(page, 'Delegates Setup');
    await saveAndTest(page, 'Connection successful');
    await finish(page, 'Wrong key');
  });
});
