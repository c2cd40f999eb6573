import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import { type Slice, sliceIds } from './page.ts';
import type { Region } from './scope-columns.ts';

describe('one slice of a sorted list, as SQLite plans it', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp('sqlite');
  });
  afterAll(() => app.close());

  async function planOf(
    from: Slice['from'],
    table: 'connectors' | 'secrets' = 'connectors',
    place: Region = { orgIdentifier: 'o1' },
  ): Promise<string> {
    const slice: Slice = { sort: { column: 'updated_at', direction: 'desc' }, limit: 51, from };
    const ids = sliceIds({ table, places: [place], conditions: [] }, slice);
    const { rows } = await sql<{ detail: string }>`explain query plan select * from ${ids}`.execute(app.database.db);
    return rows.map(({ detail }) => detail).join('\n');
  }

  it.each(['connectors', 'secrets'] as const)('begins with a seek and reads the index of %s alone', async (table) => {
    const plan = await planOf({ offset: 0 }, table);
    expect(plan).toContain(`SEARCH ${table} USING COVERING INDEX ${table}_by_updated_at (org_id=? AND project_id=?)`);
  });

  it('seeks straight to the row after which a page begins', async () => {
    const plan = await planOf({ after: { key: '2030-01-01T00:00:00.000Z', id: 'x' } });
    expect(plan).toContain(
      'COVERING INDEX connectors_by_updated_at (org_id=? AND project_id=? AND (updated_at,id)<(?,?))',
    );
  });

  it.each([
    ['an organization', { orgIdentifier: 'o1' }, 'secrets_of_org_by_updated_at (org_id=? AND ', 'SEARCH'],
    ['the account', {}, 'secrets_all_by_updated_at (', 'SCAN'],
  ])('has an index for %s with all below it', async (_what, place, index, first) => {
    const below = { ...place, withBelow: true };
    expect(await planOf({ after: { key: '2030', id: 'x' } }, 'secrets', below)).toContain(
      `SEARCH secrets USING COVERING INDEX ${index}(updated_at,id)<(?,?))`,
    );
    expect(await planOf({ offset: 5000 }, 'secrets', below)).toContain(
      `${first} secrets USING COVERING INDEX ${index.split(' ')[0]}`,
    );
  });

  it('skips rows within the index', async () => {
    expect(await planOf({ offset: 5000 })).toContain('USING COVERING INDEX connectors_by_updated_at');
  });
});
