import type { CredentialType } from '@wardline/contracts';
import type { AuditTables } from './schema-audit.ts';
import type { ConnectivityTables } from './schema-connectivity.ts';
import type { DelegateTables } from './schema-delegates.ts';
import type { IdentityTables } from './schema-identity.ts';
import type { ProcessTables } from './schema-processes.ts';
import type { RewrapTables } from './schema-rewraps.ts';
import type { SecretTables } from './schema-secrets.ts';

/** The rows of every table. Times are ISO 8601 text in UTC, documents are JSON text, ids are UUIDv7, flags 0 or 1. */
export interface Tables
  extends IdentityTables,
    AuditTables,
    ConnectivityTables,
    DelegateTables,
    ProcessTables,
    SecretTables,
    RewrapTables {
  connectors: ConnectorRow;
  /** The last test of each connector, JSON of contracts' TestResult; apart, so that lists and searches read small rows. */
  connector_tests: { connector_id: string; result: string };
  connector_tags: { connector_id: string; tag_key: string; tag_value: string };
  entity_references: EntityReferenceRow;
  entity_counts: { kind: 'connector' | 'secret'; org_id: string; project_id: string; total: number };
  oidc_keys: OidcKeyRow;
  settings: { name: string; value: string };
}

/** The account level has both `org_id` and `project_id` empty. */
export interface ScopedRow {
  id: string;
  org_id: string;
  project_id: string;
  identifier: string;
  name: string;
  description: string;
  /** JSON object, key to value. */
  tags: string;
  /** What a search looks through: name, identifier, description and tags, in lower case. */
  search_text: string;
  created_at: string;
  updated_at: string;
}

/** Where the connector's AWS calls run. */
export type ConnectivityMode = 'DELEGATE' | 'MANAGER';

export interface ConnectorRow extends ScopedRow {
  type: 'AwsKms';
  /** JSON of contracts' AwsKmsSpec without `default`: references to secrets, never values. */
  spec: string;
  credential_type: CredentialType;
  connectivity_mode: ConnectivityMode;
  is_default: 0 | 1;
  /** Nothing is written to or read from a secret manager that is disabled. */
  disabled: 0 | 1;
  status: 'PENDING' | 'SUCCESS' | 'FAILURE';
  error_summary: string | null;
  /** JSON of the last test's errors, which lists show. */
  errors: string | null;
  tested_at: string | null;
  last_connected_at: string | null;
  /** When a secret that it names got another value, while it did. */
  values_changed_at: string | null;
}

/** "from uses to"; `field` is the field of `from` that holds the reference. */
interface EntityReferenceRow {
  from_kind: 'connector' | 'secret';
  from_id: string;
  to_kind: 'connector' | 'secret';
  to_id: string;
  field: string;
  created_at: string;
}

export interface OidcKeyRow {
  kid: string;
  /** JSON Web Key, public part only. */
  public_jwk: string;
  /** base64 of the private key, encrypted under the master key. */
  sealed_private_key: string;
  created_at: string;
}
