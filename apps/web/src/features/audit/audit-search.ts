import { z } from 'zod';

const text = z.string().min(1).optional().catch(undefined);
const time = z.number().int().min(0).max(8.64e15).optional().catch(undefined);

/** What the URL of the audit log keeps: which events one looks at. Words that are unknown count as absent. */
export const auditSearchSchema = z.object({
  /** One of RANGES; `custom` goes with `from` and `to`, in epoch milliseconds. */
  range: text,
  from: time,
  to: time,
  /** Who did it: an e-mail address or the ID of a service account, and of which kind. */
  who: text,
  whoType: text,
  resource: text,
  id: text,
  action: text,
  outcome: text,
});
export type AuditSearch = z.infer<typeof auditSearchSchema>;
