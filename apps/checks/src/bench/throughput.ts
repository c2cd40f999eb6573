import { apiClient, mustSucceed } from '../server/api-client.ts';
import { secretBody } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { benchConnector } from './bench-connector.ts';
import { type Load, measureLoad } from './load.ts';
import type { Measurement } from './measurement.ts';

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
    body: (n) => benchConnector(`bench_connector_${n}`),
  },
  { name: 'connectors: get', method: 'GET', path: '/ng/api/connectors/bench_connector' },
  { name: 'connectors: list 50', method: 'POST', path: '/ng/api/connectors/listV2?pageSize=50', body: () => ({}) },
];

/** Requests a second, p50 and p99 of creating, reading and listing, on the embedded database. */
export function measureThroughput(): Promise<Measurement[]> {
  return withServer({}, async ({ url }) => {
    const call = apiClient(url);
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_secret', 'value'));
    await mustSucceed(call, 'POST', '/ng/api/connectors', benchConnector());
    const lines: Measurement[] = [];
    for (const load of LOADS) lines.push(await measureLoad({ ...load, url }));
    return lines;
  });
}
