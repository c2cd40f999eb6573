/** When each connector is tested next, and how its tests came out. */
export interface ConnectivityTables {
  connectivity_schedule: ConnectivityScheduleRow;
  connectivity_history: ConnectivityHistoryRow;
}

/** Every connector has one; apart from it, because it is written at every check and a connector has many indexes. */
interface ConnectivityScheduleRow {
  connector_id: string;
  /** Null until a time is chosen for the first check. */
  next_check_at: string | null;
}

/** One test, by a click or by the server itself. */
interface ConnectivityHistoryRow {
  id: string;
  connector_id: string;
  at: string;
  status: 'SUCCESS' | 'FAILURE';
  duration_ms: number;
  /** Code of the finding of a failure. */
  finding: string | null;
  delegate_id: string | null;
}
