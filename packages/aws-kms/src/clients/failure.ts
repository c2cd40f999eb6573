import type { Deadlines } from '../ambient.ts';

/** Why a call to AWS gave no usable answer. */
export type CallFailure =
  /** AWS answered with an error; `code` is the SDK's error name. */
  | { readonly kind: 'answer'; readonly operation: string; readonly code: string; readonly message: string }
  /** Something answered that is not AWS: a proxy, a captive page, another service. */
  | { readonly kind: 'foreign'; readonly operation: string; readonly httpStatus: number; readonly detail: string }
  /** Nothing answered, or the connection broke; `code` is Node's error code. */
  | { readonly kind: 'network'; readonly operation: string; readonly code: string; readonly detail: string }
  | {
      readonly kind: 'timeout';
      readonly operation: string;
      readonly phase: 'connect' | 'answer';
      readonly afterMs: number;
    }
  /** The task was stopped while the call was under way. */
  | { readonly kind: 'stopped'; readonly operation: string; readonly why: 'cancelled' | 'deadline' };

/** What the SDK answered when it could make nothing of a body. */
const NAMELESS = new Set(['Unknown', 'UnknownError', 'SyntaxError', 'Error', 'TypeError', 'RangeError']);

/** One request as the wire saw it; times are epoch milliseconds of this host's clock. */
export interface Exchange {
  readonly sentAt: number;
  readonly receivedAt?: number;
  readonly httpStatus?: number;
  readonly requestId?: string | undefined;
  /** The `Date` header as sent. */
  readonly date?: string | undefined;
}

type Limits = Pick<Deadlines, 'connectMs' | 'requestMs'>;

/**
 * Names what went wrong, by the SDK's error name and Node's error code, never by the status alone: KMS answers nearly
 * everything with 400, and a proxy may answer with 200.
 */
export function failureOf(
  operation: string,
  error: unknown,
  exchange: Exchange | undefined,
  limits: Limits,
): CallFailure {
  const { name, message, code } = describe(error);
  const timedOut = timeoutOf(error, limits);
  if (timedOut) return { kind: 'timeout', operation, ...timedOut };
  if (code) return { kind: 'network', operation, code, detail: message };
  if (exchange?.httpStatus === undefined) return { kind: 'network', operation, code: name, detail: message };
  if (!NAMELESS.has(name)) return { kind: 'answer', operation, code: name, message };
  // AWS numbers its answers; one that carries a number and cannot be read was cut off on the way.
  if (exchange.requestId && exchange.httpStatus === 200)
    return { kind: 'network', operation, code: 'TRUNCATED', detail: message };
  return { kind: 'foreign', operation, httpStatus: exchange.httpStatus, detail: message };
}

function timeoutOf(error: unknown, limits: Limits): { phase: 'connect' | 'answer'; afterMs: number } | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? error.code : undefined;
  const connecting = 'syscall' in error && error.syscall === 'connect';
  if (error.message.includes('did not establish a connection') || (code === 'ETIMEDOUT' && connecting))
    return { phase: 'connect', afterMs: limits.connectMs };
  return code === 'ETIMEDOUT' ? { phase: 'answer', afterMs: limits.requestMs } : undefined;
}

function describe(error: unknown): { name: string; message: string; code: string | undefined } {
  if (!(error instanceof Error)) return { name: 'Unknown', message: String(error), code: undefined };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  // The SDK appends where to look at the raw body, and calls an absent message "UnknownError".
  const message = (error.message.split('\n')[0] ?? '').replace(/^UnknownError$/, '');
  return { name: error.name, message, code };
}
