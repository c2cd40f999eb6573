import type { ErrorCode, FieldError, Finding } from '@wardline/contracts';

/** What a command ends with, so that scripts can tell the outcomes apart. */
export const EXIT_CODE = {
  /** What was asked for is so, or was done. */
  ok: 0,
  /** The question was answered, and the answer is bad: a test failed, the log is broken, a reference leads nowhere. */
  broken: 1,
  /** The command was not understood: an unknown option, a missing one, an API key that is nowhere. Nothing was done. */
  usage: 2,
  /** The server could not be asked: unreachable, not the right one, or it refuses. */
  unanswered: 3,
  /** `run`: the program cannot be executed; what shells and `env` say. */
  notExecutable: 126,
  /** `run`: there is no such program. */
  notFound: 127,
} as const;

/** What an error says besides its message. */
export interface ErrorDetails {
  readonly code?: ErrorCode;
  readonly hints?: readonly string[];
  readonly fields?: readonly FieldError[];
  readonly finding?: Finding;
  /** The references that lead to no value, where several were asked for. */
  readonly references?: readonly {
    reference: string;
    code: ErrorCode;
    message: string;
    finding?: Finding | undefined;
  }[];
}

/** An end that is no bug: its message says all that a person needs to know. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly details: ErrorDetails;

  constructor(
    readonly exitCode: number,
    message: string,
    { details = {}, ...options }: ErrorOptions & { details?: ErrorDetails } = {},
  ) {
    super(message, options);
    this.details = details;
  }
}

/** A {@link CommandError} for what was not understood. */
export function usageError(message: string, options?: ErrorOptions): CommandError {
  return new CommandError(EXIT_CODE.usage, message, options);
}

/** Why something failed, in the words of whoever threw it. */
export function reasonOf(error: unknown): string {
  // Where a name has several addresses and none answers, why stands in each of the errors, and nowhere else.
  if (error instanceof AggregateError && !error.message) return reasonOf(error.errors[0]);
  return error instanceof Error ? error.message : String(error);
}
