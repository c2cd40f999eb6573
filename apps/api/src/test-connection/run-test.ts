import { randomUUID } from 'node:crypto';
import type { TestEvent } from '@wardline/contracts';
import type { ConnectionSources } from '../connectors/kms-connection.ts';
import { chooseRunner } from '../runners/choose-runner.ts';
import type { Runners } from '../runners/runners.ts';
import { buildTask } from './build-task.ts';
import { followTask } from './follow-task.ts';
import { runOnDelegates } from './run-on-delegates.ts';
import { type OutcomeFacts, refusedOutcome } from './test-outcome.ts';
import type { TestSubject } from './test-subject.ts';

export interface TestDeps extends ConnectionSources {
  readonly runners: Runners;
}

/**
 * Tests a connector and reports each hop as it happens; the last event is `result`. Whatever is wrong with the
 * connector is a result; an exception is a bug, or the signal's reason when the caller gave up.
 */
export async function* runTest(subject: TestSubject, deps: TestDeps, signal: AbortSignal): AsyncGenerator<TestEvent> {
  const taskId = randomUUID();
  const testedAt = deps.now();
  const choice = await chooseRunner(subject.spec, subject.scope, deps.runners);
  if (choice.kind === 'none') {
    yield { type: 'result', result: refusedOutcome(choice.finding, { taskId, delegateId: null, testedAt }) };
    return;
  }
  const facts: OutcomeFacts = { taskId, testedAt, delegateId: null };
  const built = await buildTask(taskId, subject, deps);
  signal.throwIfAborted();
  if (built.kind === 'unreadable') {
    yield { type: 'result', result: refusedOutcome(built.finding, facts) };
    return;
  }

  const events =
    choice.kind === 'platform'
      ? choice.runner.run(built.task, signal)
      : runOnDelegates(built.task, choice.candidates, signal);
  yield* followTask(events, facts, signal);
}
