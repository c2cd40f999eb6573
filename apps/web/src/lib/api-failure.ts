import type { ApiError, EntityUser, FieldError, Finding, PermissionCheck } from '@wardline/contracts';

interface FailureOptions {
  readonly status: number;
  readonly body?: ApiError;
  readonly hints?: string[];
  readonly retryAfterSeconds?: number | undefined;
  readonly finding?: Finding | undefined;
  readonly cause?: unknown;
}

/**
 * A call that did not give what it should: the server's own failure body, or none where the server could not
 * be reached (`status` 0) or answered in another language than the contracts.
 */
export class ApiFailure extends Error {
  override readonly name = 'ApiFailure';
  readonly status: number;
  readonly body: ApiError | undefined;
  /** What to do about it, best first. */
  readonly hints: string[];
  /** How long the server asks to wait before the next attempt, in seconds. */
  readonly retryAfterSeconds: number | undefined;
  /** The named cause, with every fix, where a key could not be used. */
  readonly finding: Finding | undefined;

  constructor(message: string, options: FailureOptions) {
    super(message, { cause: options.cause });
    this.status = options.status;
    this.body = options.body;
    this.hints = options.hints ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.finding = options.finding;
  }

  /** The fields that the server refused; empty for anything but a validation failure. */
  get fields(): FieldError[] {
    return this.body?.status === 'FAILURE' ? (this.body.errors ?? []) : [];
  }

  /** Who uses the entity that could not be deleted. */
  get referencedBy(): EntityUser[] {
    return this.body?.status === 'ERROR' ? (this.body.metadata?.referencedBy ?? []) : [];
  }

  /** True for a change of what somebody else has changed since it was read; nothing was stored. */
  get isStale(): boolean {
    return this.body?.code === 'OPTIMISTIC_LOCKING_EXCEPTION';
  }

  /** True where the call carried no session that is still valid. */
  get isSignedOut(): boolean {
    return this.body?.code === 'INVALID_TOKEN';
  }

  /** The rights that were missing; empty for anything but a refusal for want of rights. */
  get missingRights(): PermissionCheck[] {
    return this.body?.status === 'ERROR' ? (this.body.failedPermissionChecks ?? []) : [];
  }

  /** True for an entity that is not there (any more). */
  get isNotFound(): boolean {
    switch (this.body?.code) {
      case 'RESOURCE_NOT_FOUND_EXCEPTION':
      case 'ENTITY_NOT_FOUND':
      case 'CONNECTOR_NOT_FOUND_EXCEPTION':
        return true;
      default:
        return false;
    }
  }
}

/** The `Retry-After` of an answer in seconds (RFC 9110, section 10.2.3); only the form that the server uses. */
function retryAfterOf(headers: Headers): number | undefined {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined;
}

/** The failure that a refused answer describes. `body` is undefined when it was not the API's. */
export function failureOf({ status, headers }: Response, body: ApiError | undefined): ApiFailure {
  if (!body) {
    return new ApiFailure(`The server answered with status ${status} and no explanation.`, {
      status,
      hints: ['If a proxy stands before Wardline, look at its log; otherwise look at the server’s log.'],
    });
  }
  const hints =
    body.status === 'ERROR'
      ? body.responseMessages.filter((message) => message.code !== body.code).map((message) => message.message)
      : [];
  const finding = body.status === 'ERROR' ? body.metadata?.finding : undefined;
  return new ApiFailure(body.message, { status, body, hints, finding, retryAfterSeconds: retryAfterOf(headers) });
}
