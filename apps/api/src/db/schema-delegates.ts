/** The delegates that ever connected, and what they connect with. */
export interface DelegateTables {
  delegate_tokens: DelegateTokenRow;
  delegate_instances: DelegateInstanceRow;
  delegate_refusals: DelegateRefusalRow;
}

export interface DelegateTokenRow {
  id: string;
  org_id: string;
  project_id: string;
  name: string;
  /** 16 hex digits: what a delegate names the token by. */
  token_id: string;
  /** base64 of the token, encrypted under the master key. */
  sealed_value: string;
  created_by: string;
  created_at: string;
  /** Null for a token that does not expire. */
  expires_at: string | null;
  revoked_at: string | null;
}

/** One process of a delegate; replicas share the name. */
export interface DelegateInstanceRow {
  instance_id: string;
  org_id: string;
  project_id: string;
  name: string;
  host_name: string;
  description: string;
  /** JSON array. */
  tags: string;
  version: string;
  capacity: number;
  token_row_id: string;
  /** The API process that holds, or last held, its socket. */
  process_id: string;
  session_id: string;
  address: string;
  /** How far its clock is ahead of this server's, in milliseconds. */
  skew_ms: number;
  connected: 0 | 1;
  connected_at: string;
  last_heartbeat_at: string;
  disconnected_at: string | null;
  disconnect_reason: string | null;
}

/** Who was not let in lately, so that a person can be told why their delegate does not show up. */
export interface DelegateRefusalRow {
  id: string;
  at: string;
  code: string;
  address: string;
  name: string;
  host_name: string;
}
