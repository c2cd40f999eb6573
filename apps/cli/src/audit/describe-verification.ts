import type { AuditVerification } from '@wardline/contracts';

/** The outcome in words; its last line is the head, to be noted. */
export function describeVerification(result: AuditVerification): string {
  if (!result.verified) {
    const { seq, id, explanation } = result.brokenAt;
    const which = id ? `event ${seq} (${id})` : `event ${seq}`;
    return `The audit log is BROKEN at ${which}.\n${explanation}\nEvents before it hold; of those after it nothing is known.\n`;
  }
  const { events, firstSeq, lastSeq, head, pruned } = result;
  const removed = pruned ? `Retention removed ${pruned.events} older events, last on ${pruned.at}.\n` : '';
  return `The audit log holds: ${events} events, numbers ${firstSeq} to ${lastSeq}.\n${removed}Head: ${lastSeq}:${head}\n`;
}
