import type { TestResult } from '@wardline/contracts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Connector } from '../connectors/connector.ts';
import { isResult, type ResultOf, type RunEvent } from './result-event.ts';

/** A connection test as the audit log has it: what came of it and, when it failed, the finding. */
export function testEntry(
  { identifier, name, place }: Pick<Connector, 'identifier' | 'name' | 'place'>,
  result: TestResult | 'given up',
): AuditEntry {
  const about = { action: 'TEST', resource: { type: 'CONNECTOR', identifier, name }, place } as const;
  if (result === 'given up') return { ...about, outcome: 'FAILURE', details: { givenUp: true } };
  const finding = result.trace.find((hop) => hop.status === 'fail')?.finding;
  return {
    ...about,
    outcome: result.status === 'SUCCESS' ? 'SUCCESS' : 'FAILURE',
    details: { taskId: result.taskId, ...(finding && { finding: finding.code }) },
  };
}

/** Passes the events of a test on, and stores its outcome before it is told; a test that is given up is on record too. */
export async function* recordedTest<E extends RunEvent>(
  events: AsyncIterable<E>,
  store: (outcome: ResultOf<E> | 'given up') => Promise<void>,
): AsyncGenerator<E> {
  let over = false;
  try {
    for await (const event of events) {
      if (isResult(event)) {
        over = true;
        await store(event.result);
      }
      yield event;
    }
  } finally {
    if (!over) await store('given up');
  }
}
