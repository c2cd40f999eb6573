import { type Kysely, type Migration, Migrator } from 'kysely';
import { initial } from './0001-initial.ts';
import { identity } from './0002-identity.ts';
import { audit } from './0003-audit.ts';
import { delegates } from './0004-delegates.ts';
import { apiProcesses } from './0005-api-processes.ts';
import { connectivity } from './0006-connectivity.ts';
import { secretVersions } from './0007-secret-versions.ts';
import { searchIndex } from './0008-search-index.ts';
import { rewraps } from './0009-rewraps.ts';
import { proofCounts } from './0010-proof-counts.ts';
import { secretsBelow } from './0011-secrets-below.ts';
import { valuesChanged } from './0012-values-changed.ts';
import { unusedDataKeys } from './0013-unused-data-keys.ts';

/** Every migration, oldest first; a released one is never changed. */
export const MIGRATIONS: Record<string, Migration> = {
  '0001-initial': initial,
  '0002-identity': identity,
  '0003-audit': audit,
  '0004-delegates': delegates,
  '0005-api-processes': apiProcesses,
  '0006-connectivity': connectivity,
  '0007-secret-versions': secretVersions,
  '0008-search-index': searchIndex,
  '0009-rewraps': rewraps,
  '0010-proof-counts': proofCounts,
  '0011-secrets-below': secretsBelow,
  '0012-values-changed': valuesChanged,
  '0013-unused-data-keys': unusedDataKeys,
};

/** Brings the schema up to date; processes that start together wait for each other. @throws the migration's own error */
export async function migrateToLatest<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
