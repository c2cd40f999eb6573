import type { AuditAction, AuditOutcome, AuditResourceType } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';

/** A deed as an operation reports it; who did it and from where comes with the request. */
export interface AuditEntry {
  readonly action: AuditAction;
  readonly resource: {
    readonly type: AuditResourceType;
    readonly identifier: string;
    readonly name?: string;
  };
  readonly place: Place;
  /** SUCCESS unless said otherwise. */
  readonly outcome?: AuditOutcome;
  /** What the entity was and is: as the API answers it, so never with the value of a secret. */
  readonly before?: object;
  readonly after?: object;
  /** Whatever else is worth knowing, e.g. why a sign-in failed or how many refusals an event stands for. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}
