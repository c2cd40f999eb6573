import type { CreateTableBuilder, Kysely, Migration } from 'kysely';
import { indexScoped, scopedTable } from './scoped-table.ts';

type SchemaBuilder = Kysely<unknown>;

/** Who there is, and what they may do. */
export const identity: Migration = {
  async up(db: SchemaBuilder) {
    await createUsers(db);
    await createPrograms(db);
    await createRights(db);
  },
};

function ownedTable<T extends string>(table: CreateTableBuilder<T>) {
  return table
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull());
}

/** The tables of the sign-in library, in the names of this database; flags are 0 or 1 and times are text on both engines. */
async function createUsers(db: SchemaBuilder): Promise<void> {
  await ownedTable(db.schema.createTable('users'))
    .addColumn('email', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email_verified', 'integer', (c) => c.notNull())
    .addColumn('image', 'text')
    .addColumn('two_factor_enabled', 'integer')
    .addColumn('disabled', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('last_sign_in_at', 'text')
    .execute();
  await ownedTable(db.schema.createTable('sessions'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('token', 'text', (c) => c.notNull().unique())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('ip_address', 'text')
    .addColumn('user_agent', 'text')
    .execute();
  await db.schema.createIndex('sessions_by_user').on('sessions').columns(['user_id']).execute();
  await ownedTable(db.schema.createTable('accounts'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('account_id', 'text', (c) => c.notNull())
    .addColumn('provider_id', 'text', (c) => c.notNull())
    .addColumn('access_token', 'text')
    .addColumn('refresh_token', 'text')
    .addColumn('id_token', 'text')
    .addColumn('access_token_expires_at', 'text')
    .addColumn('refresh_token_expires_at', 'text')
    .addColumn('scope', 'text')
    .addColumn('password', 'text')
    .execute();
  await db.schema.createIndex('accounts_by_user').on('accounts').columns(['user_id']).execute();
  await db.schema
    .createIndex('accounts_by_provider')
    .on('accounts')
    .columns(['provider_id', 'account_id'])
    .unique()
    .execute();
  await ownedTable(db.schema.createTable('verifications'))
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('verifications_by_identifier').on('verifications').columns(['identifier']).execute();
  await db.schema
    .createTable('two_factors')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('secret', 'text', (c) => c.notNull())
    .addColumn('backup_codes', 'text', (c) => c.notNull())
    .addColumn('verified', 'integer')
    .addColumn('failed_verification_count', 'integer')
    .addColumn('locked_until', 'text')
    .execute();
  await db.schema.createIndex('two_factors_by_user').on('two_factors').columns(['user_id']).execute();
  // A code of an authenticator app holds for a while, and only once.
  await db.schema
    .createTable('used_codes')
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('used_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('used_codes_pk', ['user_id', 'code'])
    .execute();
  // Links that let someone in once: the first administrator, an invited user, a forgotten password.
  await db.schema
    .createTable('one_time_links')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('user_id', 'text', (c) => c.references('users.id').onDelete('cascade'))
    .addColumn('issuer_type', 'text')
    .addColumn('issuer_id', 'text')
    .addColumn('token_hash', 'text', (c) => c.notNull().unique())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
}

async function createPrograms(db: SchemaBuilder): Promise<void> {
  await scopedTable(db.schema.createTable('service_accounts'))
    .addColumn('email', 'text', (c) => c.notNull())
    .execute();
  await indexScoped(db, 'service_accounts');
  // An API key is a named holder of tokens, as in the ecosystem; the tokens are what a program sends.
  await ownedTable(db.schema.createTable('api_keys'))
    .addColumn('owner_type', 'text', (c) => c.notNull())
    .addColumn('owner_id', 'text', (c) => c.notNull())
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('tags', 'text', (c) => c.notNull())
    .addColumn('default_time_to_expire', 'bigint')
    .execute();
  await db.schema
    .createIndex('api_keys_identifier')
    .on('api_keys')
    .columns(['owner_type', 'owner_id', 'identifier'])
    .unique()
    .execute();
  await ownedTable(db.schema.createTable('tokens'))
    .addColumn('api_key_id', 'text', (c) => c.notNull().references('api_keys.id').onDelete('cascade'))
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('description', 'text', (c) => c.notNull())
    .addColumn('tags', 'text', (c) => c.notNull())
    .addColumn('secret_hash', 'text', (c) => c.notNull())
    .addColumn('valid_from', 'text', (c) => c.notNull())
    .addColumn('valid_to', 'text')
    .addColumn('scheduled_expire_at', 'text')
    .addColumn('last_used_at', 'text')
    .execute();
  await db.schema
    .createIndex('tokens_identifier')
    .on('tokens')
    .columns(['api_key_id', 'identifier'])
    .unique()
    .execute();
}

async function createRights(db: SchemaBuilder): Promise<void> {
  await scopedTable(db.schema.createTable('roles'))
    .addColumn('permissions', 'text', (c) => c.notNull())
    .execute();
  await indexScoped(db, 'roles');
  await scopedTable(db.schema.createTable('user_groups')).execute();
  await indexScoped(db, 'user_groups');
  await db.schema
    .createTable('user_group_members')
    .addColumn('group_id', 'text', (c) => c.notNull().references('user_groups.id').onDelete('cascade'))
    .addColumn('user_id', 'text', (c) => c.notNull().references('users.id').onDelete('cascade'))
    .addPrimaryKeyConstraint('user_group_members_pk', ['group_id', 'user_id'])
    .execute();
  await db.schema.createIndex('user_group_members_by_user').on('user_group_members').columns(['user_id']).execute();
  // Holds in its scope and every one below. A built-in role has no row, so there is no foreign key.
  await ownedTable(db.schema.createTable('role_assignments'))
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('project_id', 'text', (c) => c.notNull())
    .addColumn('identifier', 'text', (c) => c.notNull())
    .addColumn('role_identifier', 'text', (c) => c.notNull())
    .addColumn('role_org_id', 'text', (c) => c.notNull())
    .addColumn('role_project_id', 'text', (c) => c.notNull())
    .addColumn('principal_type', 'text', (c) => c.notNull())
    .addColumn('principal_id', 'text', (c) => c.notNull())
    .addColumn('resource_group', 'text', (c) => c.notNull())
    .addColumn('disabled', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('role_assignments_identifier')
    .on('role_assignments')
    .columns(['org_id', 'project_id', 'identifier'])
    .unique()
    .execute();
  // The same right twice would have to be taken away twice.
  const role = ['role_org_id', 'role_project_id', 'role_identifier'];
  await db.schema
    .createIndex('role_assignments_once')
    .on('role_assignments')
    .columns(['org_id', 'project_id', ...role, 'principal_type', 'principal_id'])
    .unique()
    .execute();
  await db.schema.createIndex('role_assignments_by_role').on('role_assignments').columns(role).execute();
  await db.schema
    .createIndex('role_assignments_by_principal')
    .on('role_assignments')
    .columns(['principal_type', 'principal_id'])
    .execute();
}
