import { apiClient, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody } from '../server/requests.ts';
import { startServer } from '../server/start-server.ts';
import { type Load, measureLoad } from './load.ts';
import type { Measurement } from './measurement.ts';

const connectorBody = (identifier: string) =>
  accessKeyConnectorBody({
    identifier,
    keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    region: 'eu-west-1',
    accessKeyRef: 'account.bench_secret',
    secretKeyRef: 'account.bench_secret',
    executeOnDelegate: false,
  });

const LOADS: readonly Omit<Load, 'url'>[] = [
  {
    name: 'secrets: create',
    method: 'POST',
    path: '/ng/api/v2/secrets',
    body: (n) => secretBody(`bench_secret_${n}`, `value ${n}`),
  },
  { name: 'secrets: get', method: 'GET', path: '/ng/api/v2/secrets/bench_secret' },
  { name: 'secrets: list 50', method: 'POST', path: '/ng/api/v2/secrets/list?pageSize=50', body: () => ({}) },
  {
    name: 'connectors: create',
    method: 'POST',
    path: '/ng/api/connectors',
    body: (n) => connectorBody(`bench_connector_${n}`),
  },
  { name: 'connectors: get', method: 'GET', path: '/ng/api/connectors/bench_connector' },
  { name: 'connectors: list 50', method: 'POST', path: '/ng/api/connectors/listV2?pageSize=50', body: () => ({}) },
];

/** Requests a second, p50 and p99 of creating, reading and listing, on the embedded database. */
export async function measureThroughput(): Promise<Measurement[]> {
  const server = await startServer();
  try {
    const call = apiClient(server.url);
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_secret', 'value'));
    await mustSucceed(call, 'POST', '/ng/api/connectors', connectorBody('bench_connector'));
    const lines: Measurement[] = [];
    for (const load of LOADS) lines.push(await measureLoad({ ...load, url: server.url }));
    return lines;
  } finally {
    await server.stop();
  }
}
