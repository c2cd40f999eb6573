import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Resolved } from '@wardline/contracts';
import Database from 'libsql';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { withServer } from '../server/with-server.ts';
import { awsEndpoints, countKmsCalls, createKmsManager, KMS_MANAGER, withSimulator } from './kms-manager.ts';
import type { Measurement } from './measurement.ts';
import { secretIn } from './secret-writes.ts';
import type { SimulatorProcess } from './start-simulator-process.ts';

const SECRETS = 1000;
const STEADY_READS = 10_000;
const CONNECTIONS = 32;
/** Far fewer than the default, so that a thousand secrets need many data keys. */
const MESSAGES_PER_KEY = 50;

const secretName = (n: number) => `bench_kms_${n % SECRETS}`;

/** Runs something so many times, for several connections at once. */
async function times(count: number, run: (n: number) => Promise<void>): Promise<void> {
  let started = 0;
  const connection = async () => {
    while (started < count) {
      started += 1;
      await run(started - 1);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

async function storeSecrets(url: string, simulator: SimulatorProcess): Promise<void> {
  await createKmsManager(url, simulator);
  const call = apiClient(url);
  await times(SECRETS, async (n) => {
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretIn(KMS_MANAGER, secretName(n), `value ${n}`));
  });
}

/** Reads secrets one by one. @returns how many calls of KMS that took. */
async function callsForReads(url: string, simulator: SimulatorProcess, reads: number): Promise<number> {
  const call = apiClient(url);
  const before = await countKmsCalls(simulator);
  await times(reads, async (n) => {
    const references = [`account.${secretName(n)}`];
    const { resolved } = await mustSucceed<{ resolved: Resolved[] }>(call, 'POST', '/api/secrets/resolve', {
      references,
    });
    const [one] = resolved;
    if (one?.status !== 'ok' || one.value !== `value ${n % SECRETS}`) throw new Error(`Secret ${n} was not read.`);
  });
  return (await countKmsCalls(simulator)) - before;
}

/** The server must not be running. */
function countDataKeys(dataDir: string): number {
  const database = new Database(join(dataDir, 'wardline.db'));
  try {
    return (database.prepare('select count(*) as total from data_keys').get() as { total: number }).total;
  } finally {
    database.close();
  }
}

/** What reading a thousand secrets costs at KMS, as the simulator counts it: by a new process, and from then on. */
export async function measureKmsCalls(): Promise<Measurement[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  try {
    return await withSimulator(async (simulator) => {
      const env = { ...awsEndpoints(simulator), WARDLINE_DATA_KEY_MAX_MESSAGES: String(MESSAGES_PER_KEY) };
      await withServer({ dataDir, env }, ({ url }) => storeSecrets(url, simulator));
      const dataKeys = countDataKeys(dataDir);
      return await withServer({ dataDir, env }, async ({ url }) => {
        const cold = await callsForReads(url, simulator, SECRETS);
        const steady = await callsForReads(url, simulator, STEADY_READS);
        const detail = `${SECRETS} secrets under ${dataKeys} data keys, ${CONNECTIONS} connections`;
        return [
          { name: 'calls of KMS by a new process, a data key', value: cold / dataKeys, unit: '×', budget: 1, detail },
          {
            name: 'calls of KMS from then on, a thousand reads',
            value: (steady / STEADY_READS) * 1000,
            unit: '×',
            budget: 1,
            detail: `${steady} for ${STEADY_READS} reads`,
          },
        ];
      });
    });
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}
