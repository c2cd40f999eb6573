import type { Kysely } from 'kysely';
import type { Engine } from '../../../db/client.ts';
import type { Tables } from '../../../db/schema.ts';
import { startTestApp } from '../../../test-support/test-app.ts';
import { fileCalls } from './file-calls.ts';

/** A listening server with calls that upload and download, and a look at what is stored. */
export async function startFileWorld(engine: Engine) {
  const app = await startTestApp(engine);
  const url = await app.app.listen({ host: '127.0.0.1', port: 0 });
  const { db } = app.database;
  return { app, url, db, ...fileCalls(url), ...stored(db), close: () => app.close() };
}

export type FileWorld = Awaited<ReturnType<typeof startFileWorld>>;

/** Looks at what is stored. */
export function stored(db: Kysely<Tables>) {
  return {
    /** The bodies that there are, whether a secret has them or not. */
    async bodies(): Promise<string[]> {
      const rows = await db.selectFrom('file_bodies').select('id').orderBy('id').execute();
      return rows.map(({ id }) => id);
    },
    /** The current value of a secret. */
    valueOf: (identifier: string) =>
      db
        .selectFrom('secret_values')
        .innerJoin('secrets', 'secrets.value_id', 'secret_values.id')
        .select(['secret_values.id', 'body_id', 'message', 'byte_length', 'number', 'data_key_id'])
        .where('identifier', '=', identifier)
        .executeTakeFirstOrThrow(),
    /** The newest event of the audit log. */
    async lastEvent() {
      const row = await db.selectFrom('audit_events').select('event').orderBy('seq', 'desc').executeTakeFirstOrThrow();
      return JSON.parse(row.event);
    },
  };
}
