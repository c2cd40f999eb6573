import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@wardline/contracts';
import { apiClient, type Call, mustSucceed } from '../server/api-client.ts';
import { secretBody } from '../server/requests.ts';
import { withServer } from '../server/with-server.ts';
import { benchConnector } from './bench-connector.ts';
import { type Measurement, median, readable } from './measurement.ts';
import { multiplyRows } from './seed-rows.ts';

const FEW = 100;
const MANY = 100_000;
const PAGE_SIZE = 20;
const WARM_UP = 1000;
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
  readonly commonSearch: number;
}

async function listPage(call: Call, kind: Kind, query: string, body: unknown = {}): Promise<Page<unknown>> {
  const answer = await mustSucceed<{ data: Page<unknown> }>(call, 'POST', `${LISTS[kind]}?${query}`, body);
  return answer.data;
}

/** The token of a page near the end, by walking there as a client does. Of few rows, one page goes most of the way. */
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
  const token = await deepToken(call, kind, total);
  const lastPage = Math.floor((total * 0.9) / PAGE_SIZE);
  const term = String(Math.floor(total / 2)).padStart(7, '0');
  const searchFor = (words: string) =>
    kind === 'connectors'
      ? () => listPage(call, kind, `${size}&searchTerm=${words}`)
      : () => listPage(call, kind, size, { searchTerm: words });
  // Until the server runs compiled code, whichever number of rows comes first.
  for (let round = 0; round < WARM_UP; round += 1) await listPage(call, kind, size);
  return {
    first: await medianTime(() => listPage(call, kind, size)),
    deep: await medianTime(() => listPage(call, kind, `${size}&pageToken=${token}`)),
    numbered: await medianTime(() => listPage(call, kind, `${size}&pageIndex=${lastPage}`)),
    search: await medianTime(searchFor(term)),
    commonSearch: await medianTime(searchFor('bench')),
  };
}

async function timesWith(total: number): Promise<Record<Kind, ListTimes>> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wardline-bench-'));
  try {
    await withServer({ dataDir }, async ({ url }) => {
      const call = apiClient(url);
      await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody('bench_secret', 'value'));
      await mustSucceed(call, 'POST', '/ng/api/connectors', benchConnector());
    });
    multiplyRows(dataDir, 'connectors', 'bench_connector', total);
    multiplyRows(dataDir, 'secrets', 'bench_secret', total);
    return await withServer({ dataDir }, async ({ url }) => {
      const call = apiClient(url);
      const connectors = await timeLists(call, 'connectors', total);
      return { connectors, secrets: await timeLists(call, 'secrets', total) };
    });
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
    line(kind, 'search', 'search that finds little', SAME_COST),
    line(kind, 'commonSearch', 'search that finds everything'),
  ]);
}
