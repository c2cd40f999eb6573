import { randomUUID } from 'node:crypto';
import type { DelegatesTestEvent, Finding, Task, TestedDelegate, TestResult } from '@wardline/contracts';
import type { Candidate } from '../dispatch/dispatch.ts';
import { EventQueue } from '../dispatch/event-queue.ts';
import { chooseRunner, type RunnerChoice } from '../runners/choose-runner.ts';
import { buildTask } from '../test-connection/build-task.ts';
import { followTask } from '../test-connection/follow-task.ts';
import { runOnDelegates } from '../test-connection/run-on-delegates.ts';
import type { TestDeps } from '../test-connection/run-test.ts';
import type { TestSubject } from '../test-connection/test-subject.ts';
import { WardlineError } from '../wardline-error.ts';

/** How many delegates test at the same time. */
const AT_ONCE = 8;

type Chosen = Exclude<RunnerChoice, { kind: 'platform' }>;

/**
 * Which delegates would run the tests of a connector.
 * @throws WardlineError INVALID_REQUEST for a connector that runs on the platform: no delegate tests what it never runs.
 */
export async function chooseDelegates({ spec, scope, name }: TestSubject, { runners }: TestDeps): Promise<Chosen> {
  const choice = await chooseRunner(spec, scope, runners);
  if (choice.kind !== 'platform') return choice;
  throw new WardlineError(
    'INVALID_REQUEST',
    `“${name}” runs on the platform, not on delegates. Test it there, or set its connectivity mode to delegates.`,
  );
}

/**
 * Runs the test of a connector on each delegate that matches, each by itself: none takes over for another. The last
 * event is `result`, with a whole outcome of every delegate.
 */
export async function* testOnDelegates(
  subject: TestSubject,
  chosen: Chosen,
  deps: TestDeps,
  signal: AbortSignal,
): AsyncGenerator<DelegatesTestEvent> {
  if (chosen.kind === 'none') return yield* nobody(chosen.finding);
  const built = await buildTask(randomUUID(), subject, deps);
  signal.throwIfAborted();
  if (built.kind === 'unreadable') return yield* nobody(built.finding);

  const delegates = inOrder(chosen.candidates);
  yield { type: 'delegates', delegates: delegates.map(({ delegate }) => delegate) };
  const results = new Map<string, TestResult>();
  yield* sideBySide(delegates, signal, async (each, giveUp, report) => {
    for await (const event of testOn(each.candidate, built.task, deps.now(), giveUp)) {
      if (event.type === 'result') results.set(each.delegate.delegateId, event.result);
      report({ type: 'delegate-event', ...each.delegate, event });
    }
  });
  const tested = delegates.flatMap(({ delegate }) => {
    const result = results.get(delegate.delegateId);
    return result ? [{ ...delegate, result }] : [];
  });
  yield { type: 'result', result: { delegates: tested, finding: null } };
}

/** Nobody tested, and why. */
function* nobody(finding: Finding): Generator<DelegatesTestEvent> {
  yield { type: 'delegates', delegates: [] };
  yield { type: 'result', result: { delegates: [], finding } };
}

interface Named {
  readonly delegate: TestedDelegate;
  readonly candidate: Candidate;
}

function inOrder(candidates: readonly Candidate[]): Named[] {
  return candidates
    .map((candidate) => {
      const { name, hostName } = candidate.runner.runner;
      return { candidate, delegate: { delegateId: candidate.id, name, hostName } };
    })
    .sort(({ delegate: a }, { delegate: b }) => a.name.localeCompare(b.name) || a.hostName.localeCompare(b.hostName));
}

/** One test by one delegate, under a task id of its own. */
function testOn(candidate: Candidate, task: Task, testedAt: Date, signal: AbortSignal) {
  const taskId = randomUUID();
  const events = runOnDelegates({ ...task, id: taskId }, [candidate], signal);
  return followTask(events, { taskId, testedAt, delegateId: null }, signal);
}

type Work<T, E> = (item: T, signal: AbortSignal, report: (event: E) => void) => Promise<void>;

/** Does the work for every item, a few at a time, and passes on what they report in the order in which it happens. */
async function* sideBySide<T, E>(items: readonly T[], signal: AbortSignal, work: Work<T, E>): AsyncGenerator<E> {
  const queue = new EventQueue<E>();
  const giveUp = new AbortController();
  const either = AbortSignal.any([signal, giveUp.signal]);
  const left = [...items];
  const worker = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      await work(item, either, (event) => queue.push(event));
    }
  };
  const done = Promise.all(Array.from({ length: AT_ONCE }, worker)).then(
    () => queue.end(),
    (error: unknown) => queue.end({ error }),
  );
  try {
    yield* queue;
  } finally {
    giveUp.abort(new Error('The tests on delegates were given up.'));
    await done;
  }
}
