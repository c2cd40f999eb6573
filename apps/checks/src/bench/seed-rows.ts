import { join } from 'node:path';
import Database from 'libsql';

type Table = 'connectors' | 'secrets';

/** What differs from row to row; every other column is copied from the template. */
const VARIED: Readonly<Record<string, string>> = {
  id: "substr(t.id, 1, 24) || printf('%012d', n.i)",
  identifier: "t.identifier || '_' || n.i",
  name: "t.name || ' ' || printf('%07d', n.i)",
  search_text: "t.search_text || ' ' || printf('%07d', n.i)",
  created_at: "strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-01', '+' || n.i || ' seconds')",
  updated_at: "strftime('%Y-%m-%dT%H:%M:%fZ', '2026-01-01', '+' || n.i || ' seconds')",
};

/**
 * Copies one row that the API created until the table has `total` of them, in one statement: creating 100,000 through
 * the API would take minutes. The server must not be running. Each copy differs in its names, times and id.
 */
export function multiplyRows(dataDir: string, table: Table, identifier: string, total: number): void {
  const database = new Database(join(dataDir, 'wardline.db'));
  try {
    // The copies of a secret share its value: lists show what is known about it, and nothing reads it.
    const columns = (database.pragma(`table_info(${table})`) as { name: string }[]).map((column) => column.name);
    const values = columns.map((column) => VARIED[column] ?? `t.${column}`);
    database.exec(`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${total - 1})
      INSERT INTO ${table} (${columns.join(', ')})
      SELECT ${values.join(', ')} FROM ${table} t, n WHERE t.identifier = '${identifier}'`);
    const kind = table === 'connectors' ? 'connector' : 'secret';
    database.exec(`
      UPDATE entity_counts SET total = (SELECT count(*) FROM ${table})
      WHERE kind = '${kind}' AND org_id = '' AND project_id = ''`);
    database.exec('ANALYZE');
  } finally {
    database.close();
  }
}
