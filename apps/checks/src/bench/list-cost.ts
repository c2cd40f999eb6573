import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@wardline/contracts';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { accessKeyConnectorBody, secretBody } from '../server/requests.ts';
import { startServer } from '../server/start-server.ts';
import { type Measurement, median, readable } from './measurement.ts';
import { multiplyRows } from './seed-rows.ts';

const FEW = 100;
const MANY = 100_000;
const PAGE_SIZE = 20;
const ROUNDS = 150;
/** “Same cost”, with room for what a larger index and a cold cache add. */
const SAME_COST = 1.5;

const LISTS = { connectors: '/ng/api/connectors/listV2', secrets: '/ng/api/v2/secrets/list' } as const;
type Kind = keyof typeof LISTS;

interface ListTimes {
  readonly first: number;
  readonly deep: number;
  readonly numbered: number;
  readonly search: number;
}

async function listPage(call: Call, kind: Kind, query: string, body: unknown = {}): Promise<Page<unknown>> {
  const answer = await mustSucceed<{ data: Page<unknown> }>(call, 'POST', `${LISTS[kind]}?${query}`, body);
  return answer.data;
}

/** The token of a page near the end, by walking there as a client does. */
async function deepToken(call: Call, kind: Kind, total: number): Promise<string> {
  const step = total > FEW ? 100 : 75;
  let token = '';
  for (let passed = 0; passed + step < total * 0.9; passed += step) {
    const page = await listPage(call, kind, `pageSize=${step}${token && `&pageToken=${token}`}`);
    if (!page.pageToken) throw new Error(`The list of ${kind} ended after ${passed + step} of ${total} rows.`);
    token = page.pageToken;
  }
  return token;
}

async function medianTime(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return median(times);
}

async function timeLists(call: Call, kind: Kind, total: number): Promise<ListTimes> {
  const size = `pageSize=${PAGE_SIZE}`;
  const token =
    total > 100 ? await deepToken(call, kind, total) : (await listPage(call, kind, 'pageSize=75')).pageToken;
  const lastPage = Math.floor((total * 0.9) / PAGE_SIZE);
  const term = String(Math.floor(total / 2)).padStart(7, '0');
  const search =
    kind === 'connectors'
      ? () => listPage(call, kind, `${size}&searchTerm=${term}`)
      : () => listPage(call, kind, size, { searchTerm: term });
  await medianTime(() => listPage(call, kind, size));
  return {
    first: await medianTime(() => listPage(call, kind, size)),
    deep: await medianTime(() => listPage(call, kind, `${size}&pageToken=${token}`)),
    numbered: await medianTime(() => listPage(call, kind, `${size}&pageIndex=${lastPage}`)),
    search: await medianTime(search),
  };
}

async function timesWith(total: number): Promise<Record<Kind, ListTimes>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  try {
    const first = await startServer({ dataDir });
    const call = apiClient(first.url);
    await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_secret', 'value'));
    const body = accessKeyConnectorBody({
      identifier: 'bench_connector',
      keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      region: 'eu-west-1',
      accessKeyRef: 'account.bench_secret',
      secretKeyRef: 'account.bench_secret',
      executeOnDelegate: false,
    });
    await mustSucceed(call, 'POST', '/ng/api/connectors', body);
    await first.stop();
    multiplyRows(dataDir, 'connectors', 'bench_connector', total);
    multiplyRows(dataDir, 'secrets', 'bench_secret', total);
    const server = await startServer({ dataDir });
    try {
      const lists = apiClient(server.url);
      return {
        connectors: await timeLists(lists, 'connectors', total),
        secrets: await timeLists(lists, 'secrets', total),
      };
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** How much longer a page of a list takes with 100,000 rows than with 100. */
export async function measureLists(): Promise<Measurement[]> {
  const few = await timesWith(FEW);
  const many = await timesWith(MANY);
  const line = (kind: Kind, what: keyof ListTimes, name: string, budget?: number): Measurement => ({
    name: `${kind}: ${name}, ${MANY.toLocaleString('en-US')} rows against ${FEW}`,
    value: many[kind][what] / few[kind][what],
    unit: '×',
    ...(budget === undefined ? {} : { budget }),
    detail: `${readable(many[kind][what])} ms against ${readable(few[kind][what])} ms`,
  });
  return (['connectors', 'secrets'] as const).flatMap((kind) => [
    line(kind, 'first', 'first page', SAME_COST),
    line(kind, 'deep', 'deep page by its token', SAME_COST),
    line(kind, 'numbered', 'deep page by its number'),
    line(kind, 'search', 'search that finds little'),
  ]);
}
