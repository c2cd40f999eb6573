import type { Rewrap, SimulatorSeed } from '@wardline/contracts';
import type { Page } from 'playwright-core';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import type { OnScreen } from './screens.ts';
import { shows } from './wizard.ts';

/** A region of which nothing answers: port 9 discards what is sent to it, where anything listens there at all. */
const SILENT_REGION = 'eu-west-1';
const NOBODY = 'http://127.0.0.1:9';
const SILENT_KEY = `arn:aws:kms:${SILENT_REGION}:111122223333:key/11111111-2222-3333-4444-555555555555`;

/** A server with its own simulator, and with a region where KMS is away: a rewrap into it waits, and so keeps running. */
export function startBesideSilence(): Promise<RunningServer> {
  const endpoints = { [SILENT_REGION]: { kms: NOBODY, sts: NOBODY } };
  return startServer({ env: { WARDLINE_AWS_ENDPOINTS: JSON.stringify(endpoints) } });
}

/** The body of a connector to this key, by the access key of which the parts are stored as secrets. */
function managerBody(keyArn: string) {
  const options = { identifier: 'rekeyed', accessKeyRef: 'account.key_id', secretKeyRef: 'account.key_secret' };
  const region = keyArn.split(':')[3] ?? '';
  return accessKeyConnectorBody({ ...options, keyArn, region, executeOnDelegate: true });
}

/** The rewrap that began last. */
async function latest(call: Call): Promise<string> {
  const { content } = await mustSucceed<{ content: Rewrap[] }>(call, 'GET', '/api/secrets/rewraps');
  return content[0]?.id ?? '';
}

/** Rewraps that fail, run and are cancelled, and what the page of a connector says meanwhile. */
export async function rewrapScreens(page: Page, serverUrl: string, onScreen: OnScreen): Promise<void> {
  const call = apiClient(serverUrl);
  const { keys, users } = await mustSucceed<SimulatorSeed>(call, 'GET', '/api/simulator');
  const user = seeded(users, 'wardline');
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('key_id', user.accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('key_secret', user.secretAccessKey));
  await mustSucceed(call, 'POST', '/ng/api/connectors', managerBody(seeded(keys, 'working').arn));
  const { secret } = secretBody('moved', 'nothing secret');
  const spec = { ...secret.spec, secretManagerIdentifier: 'rekeyed' };
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', { secret: { ...secret, spec } });

  await mustSucceed(call, 'PUT', '/ng/api/connectors', managerBody(seeded(keys, 'disabled').arn));
  await page.goto(`/settings/rewraps/${await latest(call)}`);
  await page.getByRole('heading', { name: 'What could not be moved' }).waitFor();
  await onScreen('rewrap, done with failures');

  await mustSucceed(call, 'PUT', '/ng/api/connectors', managerBody(SILENT_KEY));
  await page.goto('/settings/connectors/rekeyed');
  await page.getByText(/Its secrets are being encrypted under another key/).waitFor();
  await onScreen('connector, a rewrap runs');
  await page.goto(`/settings/rewraps/${await latest(call)}`);
  await shows(page, 'heading', 'Progress');
  await onScreen('rewrap, running');
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('dialog').waitFor();
  await onScreen('rewrap, cancel');
  await page.getByRole('button', { name: 'Cancel the rewrap' }).click();
  await shows(page, 'heading', 'Report');
  await onScreen('rewrap, cancelled');
  await page.goto('/settings/rewraps');
  await page.getByText('Cancelled').waitFor();
  await onScreen('rewraps');
}
