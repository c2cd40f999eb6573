import type { HopResult, TaskEvent, TestEvent } from '@wardline/contracts';
import { type OutcomeFacts, testOutcome } from './test-outcome.ts';

type DelegateEvent = Extract<TestEvent, { type: 'delegate' }>;

/**
 * Passes on what a task reports, and puts its outcome together: the last event is `result`.
 * @throws the signal's reason when the caller gave up.
 */
export async function* followTask(
  events: AsyncIterable<TaskEvent | DelegateEvent>,
  begun: OutcomeFacts,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  let facts = begun;
  let trace: HopResult[] = [];
  let finished: Extract<TaskEvent, { type: 'finished' }> | undefined;
  for await (const event of events) {
    signal.throwIfAborted();
    switch (event.type) {
      case 'delegate':
        // What another one reported before it broke off is no part of this trace.
        trace = [];
        facts = { ...facts, delegateId: event.delegateId };
        yield event;
        break;
      case 'hop-started':
        yield event;
        break;
      case 'hop-finished':
        trace.push(event.result);
        yield event;
        break;
      // No test reports these. What a broken delegate adds is no part of a trace, and goes no further.
      case 'data-key':
      case 'data-key-plaintext':
        break;
      case 'finished':
        finished = event;
        break;
    }
  }
  signal.throwIfAborted();
  if (!finished) throw new Error(`Task ${facts.taskId} ended without saying how.`);
  yield { type: 'result', result: testOutcome(trace, finished, facts) };
}
