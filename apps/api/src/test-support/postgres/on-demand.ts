import { once } from 'node:events';
import { createServer } from 'node:http';
import { type PostgresServer, startPostgres } from './server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where tests get databases from. */
    postgresOnDemand: string;
  }
}

/** What a test is told: a new database, or why there is none. */
export type DatabaseAnswer = { readonly url: string } | { readonly unavailable: string };

/**
 * Global setup of the tests: answers requests for a PostgreSQL database. One server serves the whole run; it is
 * started by the first request, so that a run without such tests does not pay for it, and stopped with the run.
 */
export async function setup(project: { provide(key: 'postgresOnDemand', value: string): void }) {
  let server: Promise<PostgresServer> | undefined;

  async function answer(): Promise<DatabaseAnswer> {
    server ??= startPostgres();
    try {
      return { url: await (await server).createDatabase() };
    } catch (error) {
      return { unavailable: error instanceof Error ? error.message : String(error) };
    }
  }

  const desk = createServer(async (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(await answer()));
  }).listen(0, '127.0.0.1');
  await once(desk, 'listening');
  const address = desk.address();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  project.provide('postgresOnDemand', `http://127.0.0.1:${address.port}/`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await (await server?.catch(() => undefined))?.stop();
  };
}
