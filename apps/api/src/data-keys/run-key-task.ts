import { randomUUID } from 'node:crypto';
import type { DataKeyTask, KmsConnection, TaskEvent } from '@wardline/contracts';
import { type ConnectionSources, type ConnectionSubject, resolveConnection } from '../connectors/kms-connection.ts';
import { type Attempt, type DelegateChosen, dispatch, NobodyRan } from '../dispatch/dispatch.ts';
import { chooseRunner, type RunnerChoice } from '../runners/choose-runner.ts';
import { nobodyRan } from '../runners/no-delegate.ts';
import type { Runners } from '../runners/runners.ts';
import type { KeyFailure } from './key-failure.ts';
import type { StoredDataKey } from './store.ts';

export interface KeyTaskDeps extends ConnectionSources {
  readonly runners: Runners;
}

type Request<K extends DataKeyTask['kind']> = Omit<
  Extract<DataKeyTask, { kind: K }>,
  'id' | 'deadlineMs' | 'connection'
>;

/** What is asked of KMS, and the event that answers it; the connection and the time are filled in when it is asked. */
export interface Question<A extends TaskEvent> {
  readonly request: Request<'generate-data-key'> | Request<'decrypt-data-key'>;
  readonly isAnswer: (event: TaskEvent) => event is A;
}

type MadeKey = Extract<TaskEvent, { type: 'data-key' }>;
type OpenedKey = Extract<TaskEvent, { type: 'data-key-plaintext' }>;

/** Asks for a new data key. */
export const toMake = (encryptionContext: StoredDataKey['encryptionContext']): Question<MadeKey> => ({
  request: { kind: 'generate-data-key', encryptionContext },
  isAnswer: (event) => event.type === 'data-key',
});

/** Asks for the plaintext of a data key, of the key that made it. */
export const toOpen = (key: Omit<Request<'decrypt-data-key'>, 'kind'>): Question<OpenedKey> => ({
  request: { kind: 'decrypt-data-key', ...key },
  isAnswer: (event) => event.type === 'data-key-plaintext',
});

type Failed = { readonly ok: false; readonly failure: KeyFailure };
type Ran<A> = { readonly ok: true; readonly answer: A } | Failed;

export type KeyOutcome<A> = { readonly ok: true; readonly answer: A; readonly keyArnIsSecret: boolean } | Failed;

/** How much later than its deadline a task is given up here, in milliseconds: it should have ended itself. */
const GRACE_MS = 250;

interface Asked {
  readonly deadlineMs: number;
  /** A key that is kept as a secret, although the connector may not do so any more. */
  readonly keyArnIsSecret: boolean;
  /** It failed a moment ago. */
  readonly isRepeated: boolean;
}

/**
 * Asks KMS once, as the connector and on the runner that it names, and nowhere else. Whatever goes wrong with the
 * connector or on the way is an outcome; an exception is a bug, or the database.
 */
export async function runKeyTask<A extends TaskEvent>(
  subject: ConnectionSubject,
  { request, isAnswer }: Question<A>,
  { deadlineMs, keyArnIsSecret, isRepeated }: Asked,
  deps: KeyTaskDeps,
): Promise<KeyOutcome<A>> {
  const endsAt = performance.now() + deadlineMs;
  const choice = await chooseRunner(subject.spec, subject.scope, deps.runners);
  if (choice.kind === 'none') {
    // A delegate that was there a moment ago connects again.
    return failed({ code: 'DELEGATE_NOT_AVAILABLE', finding: choice.finding, temporary: isRepeated });
  }
  const resolved = await resolveConnection(subject, deps);
  if (resolved.kind === 'unreadable') {
    return failed({ code: 'KMS_OPERATION_ERROR', finding: resolved.finding, temporary: false });
  }
  const secret = keyArnIsSecret || resolved.connection.keyArnIsSecret === true;
  const connection: KmsConnection = { ...resolved.connection, keyArnIsSecret: secret };
  const left = Math.max(1, Math.floor(endsAt - performance.now()));
  const task: DataKeyTask = { ...request, id: randomUUID(), deadlineMs: left, connection };
  const outcome = await run(task, isAnswer, choice);
  return outcome.ok ? { ...outcome, keyArnIsSecret: secret } : outcome;
}

const failed = (failure: KeyFailure): Failed => ({ ok: false, failure });

async function run<A extends TaskEvent>(
  task: DataKeyTask,
  isAnswer: Question<A>['isAnswer'],
  choice: Exclude<RunnerChoice, { kind: 'none' }>,
): Promise<Ran<A>> {
  const stop = new AbortController();
  const late = setTimeout(
    () => stop.abort(new Error('The time for the task has run out.')),
    task.deadlineMs + GRACE_MS,
  );
  let chosen: DelegateChosen | undefined;
  try {
    const events =
      choice.kind === 'platform'
        ? choice.runner.run(task, stop.signal)
        : dispatch(task, choice.candidates, stop.signal);
    return await followed(events, isAnswer, (event) => {
      chosen = event;
    });
  } catch (error) {
    if (error instanceof NobodyRan) return noDelegateRan(error.attempts);
    if (stop.signal.aborted) return noDelegateRan(lateOnes(choice, chosen));
    throw error;
  } finally {
    clearTimeout(late);
  }
}

const noDelegateRan = (attempts: readonly Attempt[]): Failed =>
  failed({ code: 'DELEGATE_NOT_AVAILABLE', finding: nobodyRan(attempts), temporary: true });

/** Who was asked and has not answered in time. */
function lateOnes(
  choice: Exclude<RunnerChoice, { kind: 'none' }>,
  chosen: DelegateChosen | undefined,
): readonly Attempt[] {
  if (chosen) return [...chosen.before, { name: chosen.name, hostName: chosen.hostName, outcome: 'deadline' }];
  const { name, hostName } = choice.kind === 'platform' ? choice.runner.runner : choice.candidates[0].runner.runner;
  return [{ name, hostName, outcome: 'no-answer' }];
}

async function followed<A extends TaskEvent>(
  events: AsyncIterable<TaskEvent | DelegateChosen>,
  isAnswer: Question<A>['isAnswer'],
  onChosen: (event: DelegateChosen) => void,
): Promise<Ran<A>> {
  let answer: A | undefined;
  for await (const event of events) {
    if (event.type === 'delegate') {
      onChosen(event);
      // What another one reported before it broke off counts for nothing.
      answer = undefined;
    } else if (isAnswer(event)) {
      answer = event;
    } else if (event.type === 'finished') {
      if (event.status === 'SUCCESS' && answer) return { ok: true, answer };
      if (event.status === 'FAILURE' && event.finding) {
        const { finding, temporary = false } = event;
        return failed({ code: 'KMS_OPERATION_ERROR', finding, temporary });
      }
    }
  }
  throw new Error('A task on a data key ended without saying how.');
}
