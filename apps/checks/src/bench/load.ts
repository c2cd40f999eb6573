import autocannon from 'autocannon';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { type Measurement, percentile, readable } from './measurement.ts';

/** One kind of request. */
export interface Load {
  readonly name: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Makes the body of the n-th request. */
  readonly body?: (n: number) => unknown;
}

const CONNECTIONS = 8;
const SECONDS = 3;

/**
 * Sends one kind of request from eight connections for three seconds.
 * @throws Error when a request fails: the speed of failing is of no interest.
 */
export async function measureLoad({ name, url, method, path, body }: Load): Promise<Measurement> {
  let sent = 0;
  const times: number[] = [];
  const headers = { ...AS_ADMINISTRATOR, ...(body && { 'content-type': 'application/json' }) };
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    sent += 1;
    return body ? { ...request, body: JSON.stringify(body(sent)) } : request;
  };
  const run = autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [{ method, path, headers, setupRequest }],
  });
  run.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  const result = await run;
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${name}: ${result.non2xx} answers were not 2xx and ${result.errors} requests failed`);
  }
  const [p50, p99] = [percentile(times, 0.5), percentile(times, 0.99)];
  const detail = `p50 ${readable(p50)} ms, p99 ${readable(p99)} ms, ${CONNECTIONS} connections`;
  return { name, value: result.requests.average, unit: '/s', detail };
}
