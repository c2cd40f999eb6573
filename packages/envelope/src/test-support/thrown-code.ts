import { EnvelopeError, type EnvelopeErrorCode } from '../envelope-error.ts';

/** The code of the EnvelopeError that `action` throws; undefined when it returns. Any other error passes through. */
export function thrownCode(action: () => unknown): EnvelopeErrorCode | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code;
    throw error;
  }
}
