import type { AuditAction, AuditOutcome, AuditPrincipalType, AuditResourceType } from '@wardline/contracts';

/** The record of what was done, and the end of its chain. */
export interface AuditTables {
  audit_events: AuditEventRow;
  /** One row; the signature is empty until the database is taken into use. */
  audit_head: { id: 1; seq: number; hash: string; signature: string };
  /** At most one row: where the chain begins after older events were removed. */
  audit_checkpoint: { id: 1; seq: number; hash: string; removed: number; at: string; signature: string };
}

export interface AuditEventRow {
  /** 1, 2, 3, … without a gap. PostgreSQL's driver hands it out as text. */
  seq: number;
  id: string;
  at: string;
  org_id: string;
  project_id: string;
  action: AuditAction;
  outcome: AuditOutcome;
  resource_type: AuditResourceType;
  resource_identifier: string;
  principal_type: AuditPrincipalType;
  principal_identifier: string;
  /** JSON: the event itself, which the hash covers. */
  event: string;
  /** Hexadecimal HMAC of the hash before, the number and the event. */
  hash: string;
}
