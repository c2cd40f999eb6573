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
  /** Eight, unless said otherwise. */
  readonly connections?: number;
}

/** How fast requests were answered. */
export interface Rate {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

const CONNECTIONS = 8;
const SECONDS = 3;

/**
 * Sends one kind of request from several connections for three seconds.
 * @throws Error when a request fails: the speed of failing is of no interest.
 */
export async function sendLoad({ name, url, method, path, body, connections = CONNECTIONS }: Load): Promise<Rate> {
  let sent = 0;
  const times: number[] = [];
  const headers = { ...AS_ADMINISTRATOR, ...(body && { 'content-type': 'application/json' }) };
  const setupRequest = (request: autocannon.Request): autocannon.Request => {
    sent += 1;
    return body ? { ...request, body: JSON.stringify(body(sent)) } : request;
  };
  const run = autocannon({ url, connections, duration: SECONDS, requests: [{ method, path, headers, setupRequest }] });
  run.on('response', (_client, _status, _bytes, ms) => times.push(ms));
  const result = await run;
  if (result.non2xx + result.errors > 0) {
    throw new Error(`${name}: ${result.non2xx} answers were not 2xx and ${result.errors} requests failed`);
  }
  return { perSecond: result.requests.average, p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** The same as a line of the table. */
export async function measureLoad(load: Load): Promise<Measurement> {
  const { perSecond, p50, p99 } = await sendLoad(load);
  const detail = `p50 ${readable(p50)} ms, p99 ${readable(p99)} ms, ${load.connections ?? CONNECTIONS} connections`;
  return { name: load.name, value: perSecond, unit: '/s', detail };
}
