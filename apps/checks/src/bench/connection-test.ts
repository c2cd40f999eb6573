import { startDelegate } from '../delegates/delegate-process.ts';
import { makeToken } from '../delegates/stage.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { type BareOptions, bareSequence } from './bare-sequence.ts';
import { type Measurement, median, readable } from './measurement.ts';
import { plainClient } from './plain-client.ts';
import { startSimulatorProcess } from './start-simulator-process.ts';

/** Until both sides run compiled code: a server is as new as its process, while this one has measured before. */
const WARM_UP = 200;
const ROUNDS = 150;

type Contender = 'bare' | 'platform' | 'delegate' | 'remote';

interface Tested {
  readonly data: { readonly status: string; readonly errorSummary: string | null };
}

async function prepare(url: string, bare: BareOptions): Promise<Record<Contender, () => Promise<void>>> {
  const call = apiClient(url);
  const measured = plainClient(url);
  const { credentials, keyArn, region } = bare;
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_id', credentials.accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_key', credentials.secretAccessKey));
  const connector = async (identifier: string, delegateSelectors: readonly string[]) => {
    const executeOnDelegate = delegateSelectors.length > 0;
    const refs = { accessKeyRef: 'account.bench_id', secretKeyRef: 'account.bench_key' };
    const body = accessKeyConnectorBody({ identifier, keyArn, region, executeOnDelegate, ...refs });
    const spec = { ...body.connector.spec, delegateSelectors };
    await mustSucceed(call, 'POST', '/ng/api/connectors', { connector: { ...body.connector, spec } });
    return async () => {
      const path = `/ng/api/connectors/testConnection/${identifier}`;
      const { data } = await mustSucceed<Tested>(measured, 'POST', path);
      if (data.status !== 'SUCCESS') throw new Error(`The connection test failed: ${data.errorSummary}`);
    };
  };
  return {
    bare: () => bareSequence(bare),
    platform: await connector('bench_platform', []),
    delegate: await connector('bench_delegate', ['embedded']),
    remote: await connector('bench_remote', ['bench-remote']),
  };
}

/**
 * Every contender once per round, one after another, so that whatever slows the machine slows all of them. Each begins a
 * quarter of the rounds, and every second four go backwards, because the one that follows another meets a server that is
 * awake.
 */
async function race(contenders: Record<Contender, () => Promise<void>>): Promise<Record<Contender, number[]>> {
  const times: Record<Contender, number[]> = { bare: [], platform: [], delegate: [], remote: [] };
  const names: readonly Contender[] = ['bare', 'platform', 'delegate', 'remote'];
  for (let round = 0; round < WARM_UP + ROUNDS; round += 1) {
    for (const place of names.keys()) {
      const forwards = Math.floor(round / names.length) % 2 === 0;
      const name = names.at((forwards ? place + round : -place - round) % names.length) ?? 'bare';
      const start = performance.now();
      await contenders[name]();
      if (round >= WARM_UP) times[name].push(performance.now() - start);
    }
  }
  return times;
}

/** A connection test through HTTP, against the same calls made with the bare SDK in the same run. */
export async function measureConnectionTest(): Promise<Measurement[]> {
  const simulator = await startSimulatorProcess();
  const { region, endpoints, seed } = simulator;
  const env = { WARDLINE_SIMULATOR: 'off', WARDLINE_AWS_ENDPOINTS: JSON.stringify({ [region]: endpoints }) };
  try {
    const { accessKeyId, secretAccessKey } = seeded(seed.users, 'wardline');
    const credentials = { accessKeyId, secretAccessKey };
    const bareOptions = { region, endpoints, credentials, keyArn: seeded(seed.keys, 'working').arn };
    const times = await withServer({ env }, async ({ url }) => {
      const remote = await startDelegate({
        DELEGATE_TOKEN: await makeToken(url),
        MANAGER_HOST_AND_PORT: url,
        DELEGATE_NAME: 'bench-remote',
        WARDLINE_AWS_ENDPOINTS: env.WARDLINE_AWS_ENDPOINTS,
      });
      try {
        await remote.connected();
        return await race(await prepare(url, bareOptions));
      } finally {
        remote.signal('SIGKILL');
      }
    });
    const bare = median(times.bare);
    const line = (name: Contender, where: string, budget: number): Measurement => ({
      name: `connection test on the ${where}, against the bare SDK`,
      value: median(times[name]) / bare,
      unit: '×',
      budget,
      detail: `${readable(median(times[name]))} ms against ${readable(bare)} ms, ${ROUNDS} rounds`,
    });
    return [
      line('platform', 'platform', 1.15),
      line('delegate', 'embedded delegate', 1.3),
      line('remote', 'remote delegate', 1.3),
    ];
  } finally {
    await simulator.stop();
  }
}
