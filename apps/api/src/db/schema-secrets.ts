import type { SecretType } from '@wardline/contracts';
import type { ColumnType } from 'kysely';
import type { ScopedRow } from './schema.ts';

/** Secrets, their versions and values, and what their values need to be read. */
export interface SecretTables {
  secrets: SecretRow;
  secret_versions: SecretVersionRow;
  secret_values: SecretValueRow;
  data_keys: DataKeyRow;
  /** The encrypted body of a file; one that no value refers to is what an upload left that broke off. */
  file_bodies: { id: string; created_at: string };
  file_chunks: FileChunkRow;
}

export interface SecretRow extends ScopedRow {
  type: SecretType;
  /** Reference to the secret manager, as given. */
  secret_manager: string;
  /** Number of the current version. */
  version: number;
  /** The current value. */
  value_id: string;
}

interface SecretVersionRow {
  secret_id: string;
  version: number;
  name: string;
  description: string;
  /** JSON object, key to value. */
  tags: string;
  /** Versions that differ in their description only share a value. */
  value_id: string;
  origin: 'created' | 'changed' | 'restored';
  restored_from: number | null;
  created_at: string;
  /** JSON of the principal: type, identifier, name. */
  created_by: string;
}

export interface SecretValueRow {
  id: string;
  secret_id: string;
  /** The version that first had it; part of what it is bound to. */
  number: number;
  /** The data key that wraps the message's own key; null for the master key. */
  data_key_id: string | null;
  /** base64 of an AWS Encryption SDK message: the whole of a text's, the header of a file's. */
  message: string;
  /** The rest of a file's message; null for a text. */
  body_id: string | null;
  /** Of the plaintext. */
  byte_length: number;
  created_at: string;
  /** Later than `created_at` where it was moved to another key. */
  encrypted_at: string;
  proven_at: string | null;
  proof_failed_at: string | null;
  /** JSON of contracts' Finding: why it could not be read. */
  proof_failure: string | null;
}

/** A key of AWS KMS's making, under which many values are encrypted. */
export interface DataKeyRow {
  id: string;
  connector_id: string;
  /** base64 of the ARN of the KMS key, encrypted under the master key: it may be a secret. */
  sealed_key_arn: string;
  /** HMAC of the ARN: equal for equal keys, and tells nothing else. */
  key_fingerprint: string;
  /** base64 of the data key as KMS encrypted it. */
  ciphertext: string;
  /** JSON object: what KMS bound it to. */
  encryption_context: string;
  created_at: string;
  /** Until when the process that made it may encrypt under it; null for one that was made before this was kept. */
  sealing_until: string | null;
  /** Since when no stored value uses it, as far as that was looked for. */
  unused_since: string | null;
}

interface FileChunkRow {
  body_id: string;
  /** From 0. */
  seq: number;
  /** At most 256 KiB of the message's frames. SQLite's driver reads an ArrayBuffer. */
  bytes: ColumnType<Buffer | ArrayBuffer, Buffer, never>;
}
