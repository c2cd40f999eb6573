import type { AwsAnswer } from '@wardline/contracts';
import type { Deadlines } from '../ambient.ts';
import { type CallFailure, type Exchange, failureOf } from './failure.ts';
import type { ObservedHandler } from './handler.ts';
import { clockSkewMs } from './skew.ts';

type Outcome<T> = { readonly value: T } | { readonly failure: CallFailure };

interface Answered {
  readonly aws: AwsAnswer;
  /** See {@link clockSkewMs}; undefined where nothing answered. */
  readonly skewMs: number | undefined;
}

/** What came of one call. A failure is an answer like any other: nothing here throws for it. */
export type CallResult<T> =
  | (Answered & { readonly ok: true; readonly value: T })
  | (Answered & { readonly ok: false; readonly failure: CallFailure });

/** What every call of one task is made with. */
export interface Caller {
  readonly handler: ObservedHandler;
  readonly deadlines: Deadlines;
  /** Ends the task: the caller's own signal or the task's deadline. */
  readonly signal: AbortSignal;
  /** Tells whether the caller gave up (else it was the deadline). */
  readonly cancelled: () => boolean;
  /** Takes everything secret out of a text. */
  readonly scrub: (text: string) => string;
}

/**
 * Makes one call, once, within its deadline, and returns whatever came of it.
 * @param pick the part of the output that is needed; undefined where the answer lacks it, which AWS never does, so
 *   that an empty or foreign body with status 200 is not taken for success.
 */
export async function call<Output extends object, T>(
  caller: Caller,
  operation: string,
  send: (options: { abortSignal: AbortSignal }) => Promise<Output>,
  pick: (output: Output) => T | undefined,
): Promise<CallResult<T>> {
  const { handler, deadlines } = caller;
  const own = new AbortController();
  const finish = (outcome: Outcome<T>): CallResult<T> => {
    const exchange = handler.exchangeOf(own.signal);
    const answered = {
      aws: answerOf(operation, outcome, exchange, caller.scrub),
      skewMs: clockSkewMs(exchange),
    };
    return 'value' in outcome
      ? { ok: true, value: outcome.value, ...answered }
      : { ok: false, ...outcome, ...answered };
  };
  try {
    const output = await raced(caller, own, send({ abortSignal: own.signal }));
    const value = pick(output);
    if (value !== undefined) return finish({ value });
    wipe(output);
    const httpStatus = handler.exchangeOf(own.signal)?.httpStatus ?? 200;
    return finish({ failure: { kind: 'foreign', operation, httpStatus, detail: 'The answer was empty.' } });
  } catch (error) {
    if (error instanceof Stopped) return finish({ failure: error.failureOf(operation, caller) });
    const failure = failureOf(operation, error, handler.exchangeOf(own.signal), deadlines);
    return finish({ failure: scrubbed(failure, caller.scrub) });
  }
}

/** The SDK's timeouts end with the first byte of an answer; this one does not, and it reaches nested calls. */
class Stopped extends Error {
  constructor(readonly by: 'signal' | 'timer') {
    super('stopped');
  }

  failureOf(operation: string, { cancelled, deadlines }: Caller): CallFailure {
    if (this.by === 'timer') return { kind: 'timeout', operation, phase: 'answer', afterMs: deadlines.requestMs };
    return { kind: 'stopped', operation, why: cancelled() ? 'cancelled' : 'deadline' };
  }
}

/** Nobody will read these bytes any more, and they may be a plaintext data key. */
function wipe(output: object): void {
  for (const value of Object.values(output)) if (value instanceof Uint8Array) value.fill(0);
}

function raced<T extends object>({ signal, deadlines }: Caller, own: AbortController, sent: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (by: 'signal' | 'timer') => () => {
      reject(new Stopped(by));
      own.abort();
    };
    const onAbort = stop('signal');
    // A little later than the handler's own deadline, whose error says more.
    const timer = setTimeout(stop('timer'), deadlines.requestMs + 250);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    const answered = (output: T): void => {
      if (own.signal.aborted) wipe(output);
      resolve(output);
    };
    sent.then(answered, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  });
}

/** The call as the trace shows it. */
function answerOf(
  operation: string,
  outcome: Outcome<unknown>,
  exchange: Exchange | undefined,
  scrub: Caller['scrub'],
): AwsAnswer {
  return {
    operation,
    ...('value' in outcome ? { code: 'OK' } : codeOf(outcome.failure, scrub)),
    ...(exchange?.httpStatus ? { httpStatus: exchange.httpStatus } : {}),
    ...(exchange?.requestId ? { requestId: exchange.requestId } : {}),
  };
}

function codeOf(failure: CallFailure, scrub: (text: string) => string): { code: string; message?: string } {
  switch (failure.kind) {
    case 'answer':
      return { code: failure.code, ...(failure.message ? { message: scrub(failure.message) } : {}) };
    case 'foreign':
      return { code: 'NotAws', message: failure.detail };
    case 'network':
      return { code: failure.code, message: failure.detail };
    case 'timeout':
      return {
        code: 'Timeout',
        message: `No ${failure.phase === 'connect' ? 'connection' : 'answer'} within ${failure.afterMs} ms.`,
      };
    case 'stopped':
      return { code: 'Stopped' };
  }
}

function scrubbed(failure: CallFailure, scrub: (text: string) => string): CallFailure {
  if (failure.kind === 'answer') return { ...failure, message: scrub(failure.message) };
  if (failure.kind === 'foreign' || failure.kind === 'network') return { ...failure, detail: scrub(failure.detail) };
  return failure;
}
