import type { Rewrap } from '@wardline/contracts';

export interface RewrapTables {
  rewraps: RewrapRow;
  rewrap_failures: RewrapFailureRow;
  /** Which process does a work that only one may do at a time, and until when it has it. */
  leases: { name: string; owner: string; until: string };
}

export interface RewrapRow {
  id: string;
  state: Rewrap['state'];
  cause: Rewrap['cause'];
  /** The scope that it was asked for at. */
  org_id: string;
  project_id: string;
  /** Null for the built-in manager. */
  from_connector_id: string | null;
  from_reference: string;
  from_name: string;
  to_connector_id: string | null;
  to_reference: string;
  to_name: string;
  /** JSON array; null for all. */
  identifiers: string | null;
  /** Secrets have their turn by id; this one had it last. */
  last_secret_id: string;
  total: number;
  rewrapped: number;
  unchanged: number;
  failed: number;
  /** JSON of the principal: type, identifier, name. */
  started_by: string;
  started_at: string;
  updated_at: string;
  finished_at: string | null;
}

export interface RewrapFailureRow {
  rewrap_id: string;
  secret_id: string;
  org_id: string;
  project_id: string;
  identifier: string;
  name: string;
  message: string;
  /** JSON of contracts' Finding. */
  finding: string | null;
}
