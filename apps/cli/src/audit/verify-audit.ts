import { type AuditVerification, verificationEventSchema } from '@wardline/contracts';
import { CommandError, EXIT_CODE } from '../exit-code.ts';
import { askForEvents } from '../server/ask-for-events.ts';
import type { Connection } from '../server/connection.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import type { Terminal } from '../terminal/terminal.ts';

/**
 * Has the server verify its audit log, and says meanwhile how far it is.
 * @throws CommandError where it gives no result.
 */
export async function verifyAudit(
  connection: Connection,
  expectedHead: string | undefined,
  terminal: Terminal,
): Promise<AuditVerification> {
  const progress = new ProgressLine(terminal);
  try {
    for await (const data of askForEvents(connection, { path: '/audit/api/audits/verify', json: { expectedHead } })) {
      const { data: event } = verificationEventSchema.safeParse(data);
      if (!event) break;
      if (event.type === 'result') return event.result;
      progress.show(`${event.checked.toLocaleString('en')} of ${event.total.toLocaleString('en')} events`);
    }
  } finally {
    progress.clear();
  }
  throw new CommandError(EXIT_CODE.unanswered, `${connection.url} broke off before the answer was complete.`);
}
