import { type AuditVerification, auditExportLineSchema } from '@wardline/contracts';
import { z } from 'zod';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import type { Entry, Ledger } from './ledger.ts';

const eventSchema = z.object({
  action: z.enum(['CREATE', 'UPDATE', 'DELETE']),
  resource: z.object({ type: z.string(), identifier: z.string(), name: z.string().optional() }),
});
type Event = z.infer<typeof eventSchema>;

const CHANGES = '/audit/api/audits/export?actions=CREATE,UPDATE,DELETE&resourceTypes=CONNECTOR,SECRET';

const keyOf = (entry: Entry): string => `${entry.kind.toUpperCase()} ${entry.identifier}`;

/**
 * Compares the audit log with what is there; after {@link verify}, which settles what that is. Neither a change nor its
 * event is there without the other: the last event of each entity tells its state, and no acknowledged write lacks one.
 * @returns one sentence per difference.
 */
export async function verifyAudit(url: string, ledger: Ledger): Promise<string[]> {
  const call = apiClient(url);
  const { data } = await mustSucceed<{ data: AuditVerification }>(call, 'POST', '/audit/api/audits/verify');
  const problems = data.verified
    ? []
    : [`the audit log is broken at event ${data.brokenAt.seq}: ${data.brokenAt.reason}`];

  const last = new Map<string, Event>();
  const known = new Set(ledger.entries().map(keyOf));
  let written = 0;
  for (const line of (await exported(url)).split('\n').filter(Boolean)) {
    const event = eventSchema.parse(auditExportLineSchema.parse(JSON.parse(line)).event);
    const key = `${event.resource.type} ${event.resource.identifier}`;
    last.set(key, event);
    if (known.has(key)) written += 1;
  }
  for (const entry of ledger.entries()) {
    const event = last.get(keyOf(entry));
    const told = event === undefined || event.action === 'DELETE' ? undefined : event.resource.name;
    if (told !== entry.acknowledged?.name) {
      problems.push(
        `${keyOf(entry)} is ${entry.acknowledged?.name ?? 'absent'}, but its last event tells ${told ?? 'that it is not there'}`,
      );
    }
  }
  if (written < ledger.acknowledgedWrites) {
    problems.push(`${ledger.acknowledgedWrites} writes were acknowledged, but only ${written} are on record`);
  }
  return problems;
}

async function exported(url: string): Promise<string> {
  const answer = await fetch(url + CHANGES, { headers: AS_ADMINISTRATOR });
  if (!answer.ok) throw new Error(`The export of the audit log answered ${answer.status}: ${await answer.text()}`);
  return answer.text();
}
