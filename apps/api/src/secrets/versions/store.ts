import type { SecretVersion, Tags } from '@wardline/contracts';
import type { InferResult, Kysely } from 'kysely';
import type { Tables } from '../../db/schema.ts';
import { type Secret, toValueFacts, VALUE_COLUMNS, type ValueFacts } from '../secret.ts';

/** What a secret was at one time. */
export interface StoredVersion {
  readonly version: number;
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  readonly value: ValueFacts;
  readonly origin: SecretVersion['origin'];
  readonly createdAt: string;
  readonly createdBy: SecretVersion['createdBy'];
  /** The data key that its value is encrypted under; null for the master key. */
  readonly dataKey: { readonly id: string; readonly sealedKeyArn: string } | null;
}

/** A version that a change makes. */
export type NewVersion = Pick<StoredVersion, 'origin' | 'createdAt' | 'createdBy'>;

const COLUMNS = [
  'secret_versions.version',
  'secret_versions.name',
  'secret_versions.description',
  'secret_versions.tags',
  'secret_versions.origin',
  'secret_versions.restored_from',
  'secret_versions.created_at',
  'secret_versions.created_by',
] as const;

/** The queries on the versions of secrets. */
export function secretVersionStore(db: Kysely<Tables>) {
  const select = (secretId: string) => selectVersions(db).where('secret_versions.secret_id', '=', secretId);

  return {
    /** Records what a secret is now, as its version. */
    async insert(secret: Secret, { origin, createdAt, createdBy }: NewVersion): Promise<void> {
      await db
        .insertInto('secret_versions')
        .values({
          secret_id: secret.id,
          version: secret.version,
          name: secret.name,
          description: secret.description,
          tags: JSON.stringify(secret.tags),
          value_id: secret.value.id,
          origin: origin.kind,
          restored_from: origin.kind === 'restored' ? origin.from : null,
          created_at: createdAt,
          created_by: JSON.stringify(createdBy),
        })
        .execute();
    },

    /** The versions of a secret, newest first, and how many there are. */
    async list(secretId: string, { limit, offset }: { limit: number; offset: number }) {
      const [rows, counted] = await Promise.all([
        select(secretId).orderBy('secret_versions.version', 'desc').limit(limit).offset(offset).execute(),
        db
          .selectFrom('secret_versions')
          .select(({ fn }) => fn.countAll<number | string>().as('total'))
          .where('secret_id', '=', secretId)
          .executeTakeFirstOrThrow(),
      ]);
      return { versions: rows.map(toVersion), total: Number(counted.total) };
    },

    async find(secretId: string, version: number): Promise<StoredVersion | undefined> {
      const row = await select(secretId).where('secret_versions.version', '=', version).executeTakeFirst();
      return row && toVersion(row);
    },

    /** Removes one version; its value stays until `removeUnused` of the values. */
    async remove(secretId: string, version: number): Promise<void> {
      await db.deleteFrom('secret_versions').where('secret_id', '=', secretId).where('version', '=', version).execute();
    },

    /** Removes all but the newest versions of a secret. @returns the numbers of those that went, oldest first. */
    async removeOlder(secretId: string, kept: number): Promise<number[]> {
      const newest = db
        .selectFrom('secret_versions')
        .select('version')
        .where('secret_id', '=', secretId)
        .orderBy('version', 'desc')
        .limit(kept);
      const removed = await db
        .deleteFrom('secret_versions')
        .where('secret_id', '=', secretId)
        .where('version', 'not in', newest)
        .returning('version')
        .execute();
      return removed.map(({ version }) => version).sort((a, b) => a - b);
    },
  };
}

type VersionRow = InferResult<ReturnType<typeof selectVersions>>[number];

function selectVersions(db: Kysely<Tables>) {
  return db
    .selectFrom('secret_versions')
    .innerJoin('secret_values', 'secret_values.id', 'secret_versions.value_id')
    .leftJoin('data_keys', 'data_keys.id', 'secret_values.data_key_id')
    .select([...COLUMNS, ...VALUE_COLUMNS, 'data_keys.id as data_key_id', 'data_keys.sealed_key_arn']);
}

function toVersion(row: VersionRow): StoredVersion {
  return {
    version: row.version,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    value: toValueFacts(row),
    origin: originOf(row),
    createdAt: row.created_at,
    createdBy: JSON.parse(row.created_by),
    dataKey:
      row.data_key_id !== null && row.sealed_key_arn !== null
        ? { id: row.data_key_id, sealedKeyArn: row.sealed_key_arn }
        : null,
  };
}

function originOf({ origin, restored_from }: Pick<VersionRow, 'origin' | 'restored_from'>): SecretVersion['origin'] {
  return origin === 'restored' ? { kind: origin, from: restored_from ?? 0 } : { kind: origin };
}
