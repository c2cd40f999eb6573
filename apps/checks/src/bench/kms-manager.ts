import { apiClient, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { type SimulatorProcess, startSimulatorProcess } from './start-simulator-process.ts';

/** What secrets are stored under in the benchmark: the ID of a connector to a key of the simulator. */
export const KMS_MANAGER = 'bench_manager';

/** Settings of a server whose AWS calls go to the simulator. */
export function awsEndpoints({ region, endpoints }: SimulatorProcess): Record<string, string> {
  return { WARDLINE_SIMULATOR: 'off', WARDLINE_AWS_ENDPOINTS: JSON.stringify({ [region]: endpoints }) };
}

/** Makes a connector that secrets can be stored under. */
export async function createKmsManager(url: string, { region, seed }: SimulatorProcess): Promise<void> {
  const call = apiClient(url);
  const { accessKeyId, secretAccessKey } = seeded(seed.users, 'wardline');
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_access_key', accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_secret_key', secretAccessKey));
  const body = accessKeyConnectorBody({
    identifier: KMS_MANAGER,
    keyArn: seeded(seed.keys, 'working').arn,
    region,
    accessKeyRef: 'account.bench_access_key',
    secretKeyRef: 'account.bench_secret_key',
    executeOnDelegate: false,
  });
  await mustSucceed(call, 'POST', '/ng/api/connectors', body);
}

/** A simulator that lives only for this. */
export async function withSimulator<T>(run: (simulator: SimulatorProcess) => Promise<T>): Promise<T> {
  const simulator = await startSimulatorProcess();
  try {
    return await run(simulator);
  } finally {
    await simulator.stop();
  }
}

/** How many requests KMS has received so far, as the simulator counted them. */
export async function countKmsCalls({ seed }: SimulatorProcess): Promise<number> {
  if (!seed.controlUrl) throw new Error('The simulator did not say where it is controlled.');
  const answer = await fetch(seed.controlUrl);
  const { requests } = (await answer.json()) as { requests: Record<string, number> };
  const counts = Object.entries(requests).map(([operation, count]) => (operation.startsWith('kms:') ? count : 0));
  return counts.reduce((sum, count) => sum + count, 0);
}
