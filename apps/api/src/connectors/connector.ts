import { type AwsKmsSpec, type Connectivity, requiresSelectors, type Tags } from '@wardline/contracts';
import type { ConnectivityMode, ConnectorRow } from '../db/schema.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';
import { searchText } from '../db/search.ts';

/** What a connector is told to be; `spec.default` is its wish to be the default of its scope. */
export interface ConnectorSettings {
  readonly name: string;
  readonly description: string;
  readonly tags: Tags;
  readonly spec: AwsKmsSpec;
}

/** A connector as stored, without the trace of its last test. */
export interface Connector extends ConnectorSettings {
  readonly id: string;
  readonly place: Place;
  readonly identifier: string;
  readonly type: ConnectorRow['type'];
  /** Nothing is written to or read from a secret manager that is disabled. */
  readonly disabled: boolean;
  readonly status: ConnectorRow['status'];
  readonly errorSummary: string | null;
  readonly errors: Connectivity['errors'];
  readonly testedAt: string | null;
  readonly lastConnectedAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** When a secret that it names got another value, while it did; what was begun before went by the old one. */
  readonly valuesChangedAt: string | null;
  /** When it was last told to do anything else: by its settings, or by such a value. */
  readonly revisedAt: string;
}

/** The later one of two columns of `connectors`. */
export function revisedAt(updatedAt: string, valuesChangedAt: string | null): string {
  return valuesChangedAt !== null && valuesChangedAt > updatedAt ? valuesChangedAt : updatedAt;
}

/** Where the calls of a connector run: on a delegate where its credential is a delegate's, else where it says. */
function connectivityMode(spec: AwsKmsSpec): ConnectivityMode {
  return requiresSelectors(spec.credential.type) || spec.executeOnDelegate ? 'DELEGATE' : 'MANAGER';
}

export function toConnector(row: Omit<ConnectorRow, 'search_text'>): Connector {
  return {
    id: row.id,
    place: fromColumns(row),
    identifier: row.identifier,
    type: row.type,
    disabled: row.disabled === 1,
    name: row.name,
    description: row.description,
    tags: JSON.parse(row.tags),
    spec: { ...JSON.parse(row.spec), default: row.is_default === 1 },
    status: row.status,
    errorSummary: row.error_summary,
    errors: row.errors === null ? null : JSON.parse(row.errors),
    testedAt: row.tested_at,
    lastConnectedAt: row.last_connected_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    valuesChangedAt: row.values_changed_at,
    revisedAt: revisedAt(row.updated_at, row.values_changed_at),
  };
}

/** The columns that hold a connector's settings. */
export function toColumnsOfSettings(identifier: string, { name, description, tags, spec }: ConnectorSettings) {
  const { default: isDefault, ...stored } = spec;
  return {
    name,
    description,
    tags: JSON.stringify(tags),
    search_text: searchText({ identifier, name, description, tags }),
    spec: JSON.stringify(stored),
    credential_type: spec.credential.type,
    connectivity_mode: connectivityMode(spec),
    is_default: isDefault ? (1 as const) : (0 as const),
  };
}

/** Now, or just after the last revision, which tells what a data key was fetched with from everything else. */
export const later = (now: Date, before: string): string =>
  new Date(Math.max(now.getTime(), Date.parse(before) + 1)).toISOString();
