/** What a command ends with, so that scripts can tell the outcomes apart. */
export const EXIT_CODE = {
  /** What was asked for is so, or was done. */
  ok: 0,
  /** The question was answered, and the answer is bad: the log is broken. */
  broken: 1,
  /** The command was not understood: an unknown option, a missing one, an API key that is nowhere. */
  usage: 2,
  /** The server could not be asked: unreachable, not the right one, or it refuses the API key. */
  unanswered: 3,
} as const;
export type ExitCode = (typeof EXIT_CODE)[keyof typeof EXIT_CODE];

/** An end that is no bug: its message says all that a person needs to know. */
export class CommandError extends Error {
  override readonly name = 'CommandError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
