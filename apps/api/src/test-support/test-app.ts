import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { pino } from 'pino';
import { describe, inject } from 'vitest';
import { buildApp, type Deps } from '../app.ts';
import { chainKey } from '../audit/chain.ts';
import { loadConfig } from '../config.ts';
import { type Database, type Engine, openDatabase } from '../db/client.ts';
import { loadMasterKey } from '../master-key.ts';
import { bootstrapApiKey } from '../service-accounts/bootstrap-api-key.ts';
import { startConfiguredSimulator } from '../simulator/start-simulator.ts';
import { createStorage } from '../storage.ts';
import type { DatabaseAnswer } from './postgres/on-demand.ts';

/** Whether this run has PostgreSQL, asked once per test file; its database serves the file's first app. */
const firstAnswer = await requestDatabase();
let unused: DatabaseAnswer | undefined = firstAnswer;

async function requestDatabase(): Promise<DatabaseAnswer> {
  const response = await fetch(inject('postgresOnDemand'));
  return (await response.json()) as DatabaseAnswer;
}

/** The token of the administrator that every test app has. */
export const ADMIN_KEY = 'sat.default.test_admin.0123456789abcdefghijklmnopqrstuvwxyz';

/** Runs the same tests on both engines. Where PostgreSQL can't be started, its part is skipped and says why. */
export function describeEachEngine(tests: (engine: Engine) => void): void {
  describe('on embedded SQLite', () => tests('sqlite'));
  if ('url' in firstAnswer) describe('on PostgreSQL', () => tests('postgres'));
  else describe.skip(`on PostgreSQL: skipped, because ${firstAnswer.unavailable}`, () => tests('postgres'));
}

/** Runs tests of what only PostgreSQL has. Where it can't be started, they are skipped and say why. */
export function describePostgres(tests: () => void): void {
  if ('url' in firstAnswer) describe('on PostgreSQL', tests);
  else describe.skip(`on PostgreSQL: skipped, because ${firstAnswer.unavailable}`, tests);
}

interface TestAppOptions {
  /** Environment variables of the configuration; `WARDLINE_SIMULATOR: 'on'` starts the simulator with the app. */
  readonly env?: Record<string, string>;
  readonly now?: () => Date;
}

/** The answer of a call: a test looks into the body with assertions, so it has no type here. */
export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** The real application on a real database of its own, called without a socket. */
export interface TestApp {
  readonly app: Awaited<ReturnType<typeof buildApp>>;
  readonly deps: Deps;
  readonly database: Database;
  /**
   * Calls the API as an administrator, or with the headers given; a body is sent as JSON. The answer's type is the
   * caller's claim.
   */
  call<T>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer<T>>;
  /** Sends any request as an administrator. */
  inject(request: InjectOptions): Promise<LightMyRequestResponse>;
  close(): Promise<void>;
}

/** Starts the application on a new, empty database of the engine. */
export async function startTestApp(engine: Engine, options: TestAppOptions = {}): Promise<TestApp> {
  const dataDir = await mkdtemp(join(tmpdir(), 'wardline-test-'));
  const config = loadConfig({
    WARDLINE_DATA_DIR: dataDir,
    LOG_LEVEL: 'silent',
    // What tests by itself would come in between what a test looks at.
    WARDLINE_CONNECTIVITY_MINUTES: '0',
    ...(engine === 'postgres' && { DATABASE_URL: await newDatabase() }),
    ...options.env,
  });
  const database = await openDatabase(config);
  const { masterKey } = await loadMasterKey(config, database);
  const simulator = await startConfiguredSimulator(config);
  const now = options.now ?? (() => new Date());
  const storage = createStorage(database, { key: chainKey(masterKey), now });
  const deps: Deps = { config, storage, masterKey, simulator, logger: pino({ level: config.logLevel }), now };
  await bootstrapApiKey(deps, ADMIN_KEY);
  const app = await buildApp(deps);
  return {
    app,
    deps,
    database,
    async call(method, url, body, headers = { 'x-api-key': ADMIN_KEY }) {
      const payload =
        body === undefined
          ? { headers }
          : { payload: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
      const response = await app.inject({ method, url, ...payload });
      return { status: response.statusCode, body: response.json() };
    },
    inject: (request) => app.inject({ ...request, headers: { 'x-api-key': ADMIN_KEY, ...request.headers } }),
    async close() {
      await app.close();
      await simulator?.close();
      await storage.close();
      await database.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** The URL of an empty PostgreSQL database. @throws where there is no PostgreSQL. */
export async function newDatabase(): Promise<string> {
  const answer = unused ?? (await requestDatabase());
  unused = undefined;
  if ('url' in answer) return answer.url;
  throw new Error(`There is no PostgreSQL for this test: ${answer.unavailable}`);
}
