import {
  type EntityUser,
  ERROR_CODES,
  type ErrorCode,
  type FieldError,
  type Finding,
  type PermissionCheck,
} from '@wardline/contracts';

interface ErrorDetails {
  /** What the caller can do about it; the first thing a person should read after the message. */
  readonly hints?: readonly string[];
  /** Why it is so. */
  readonly explanations?: readonly string[];
  readonly fields?: readonly FieldError[];
  readonly referencedBy?: EntityUser[];
  readonly taskId?: string;
  /** The named cause, where a KMS key could not be used. */
  readonly finding?: Finding;
  /** The same may succeed later, with nothing changed. */
  readonly temporary?: boolean;
  /** The rights that were missing. */
  readonly failedPermissionChecks?: readonly PermissionCheck[];
  /** After how many seconds to try again. */
  readonly retryAfterSeconds?: number;
}

/** A refusal that the caller may see whole: code of the catalogue, a message for people, and what to do. */
export class WardlineError extends Error {
  override readonly name = 'WardlineError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }

  get httpStatus(): number {
    return ERROR_CODES[this.code].httpStatus;
  }
}
