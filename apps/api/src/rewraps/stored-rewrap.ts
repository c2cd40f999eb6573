import type { Rewrap, RewrapFailure } from '@wardline/contracts';
import type { RewrapFailureRow, RewrapRow } from '../db/schema-rewraps.ts';
import { fromColumns, type Place } from '../db/scope-columns.ts';

/** One end of a rewrap: a connector, or the built-in manager. */
export interface RewrapEnd {
  /** Null for the built-in manager. */
  readonly connectorId: string | null;
  /** As it was named, seen from the rewrap's scope. */
  readonly reference: string;
  readonly name: string;
}

/** A rewrap as it is stored. */
export interface StoredRewrap
  extends Pick<Rewrap, 'id' | 'state' | 'cause' | 'total' | 'rewrapped' | 'unchanged' | 'failed' | 'startedBy'> {
  /** The scope that it was asked for at. */
  readonly place: Place;
  readonly from: RewrapEnd;
  readonly to: RewrapEnd;
  /** Only these secrets of the scope; undefined for all. */
  readonly identifiers: readonly string[] | undefined;
  /** The secret that had its turn last, by the order of ids. */
  readonly lastSecretId: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
}

export function toStoredRewrap(row: RewrapRow): StoredRewrap {
  return {
    id: row.id,
    state: row.state,
    cause: row.cause,
    place: fromColumns(row),
    from: { connectorId: row.from_connector_id, reference: row.from_reference, name: row.from_name },
    to: { connectorId: row.to_connector_id, reference: row.to_reference, name: row.to_name },
    identifiers: row.identifiers === null ? undefined : JSON.parse(row.identifiers),
    lastSecretId: row.last_secret_id,
    total: row.total,
    rewrapped: row.rewrapped,
    unchanged: row.unchanged,
    failed: row.failed,
    startedBy: JSON.parse(row.started_by),
    startedAt: row.started_at,
    updatedAt: row.updated_at,
    finishedAt: row.finished_at,
  };
}

export function toRewrapFailure(row: RewrapFailureRow): RewrapFailure {
  return {
    identifier: row.identifier,
    name: row.name,
    orgIdentifier: row.org_id || null,
    projectIdentifier: row.project_id || null,
    message: row.message,
    finding: row.finding === null ? null : JSON.parse(row.finding),
  };
}

/** A rewrap as the API answers it. */
export function toRewrap(rewrap: StoredRewrap, failures: RewrapFailure[]): Rewrap {
  const { from, to } = rewrap;
  return {
    id: rewrap.id,
    state: rewrap.state,
    cause: rewrap.cause,
    from: { reference: from.reference, name: from.name },
    to: { reference: to.reference, name: to.name },
    total: rewrap.total,
    rewrapped: rewrap.rewrapped,
    unchanged: rewrap.unchanged,
    failed: rewrap.failed,
    failures,
    startedAt: Date.parse(rewrap.startedAt),
    updatedAt: Date.parse(rewrap.updatedAt),
    finishedAt: rewrap.finishedAt === null ? null : Date.parse(rewrap.finishedAt),
    startedBy: rewrap.startedBy,
  };
}
