import { WardlineError } from '../../wardline-error.ts';
import { refusalCode } from '../library-call.ts';
import { tooManyAttempts } from '../refusals.ts';
import { signInIsOver } from './pending-sign-in.ts';

/** How long the library takes no codes after too many wrong ones. */
const LOCKED_SECONDS = 900;

/** A code that is wrong or was used; which of these is nobody's business. */
export function wrongCode(): WardlineError {
  return new WardlineError('INVALID_CREDENTIAL', 'This code is wrong, or was used already.', {
    hints: ['Wait for the next code of your app. If it is refused too, set the clock of your phone.'],
  });
}

/** Runs calls of the library, and refuses in the words of this server. */
export async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw toRefusal(error);
  }
}

/** What a refusal of the library means here; any other error is itself. */
function toRefusal(error: unknown): unknown {
  switch (refusalCode(error)) {
    case 'INVALID_CODE':
      return wrongCode();
    case 'INVALID_BACKUP_CODE':
      return wrongRecoveryCode();
    case 'INVALID_TWO_FACTOR_COOKIE':
    case 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE':
      return signInIsOver();
    case 'ACCOUNT_TEMPORARILY_LOCKED':
      return tooManyAttempts(LOCKED_SECONDS);
    case 'TOTP_ALREADY_ENABLED':
      return new WardlineError('INVALID_REQUEST', 'You have a second factor. Turn it off first to set up another.');
    case 'TOTP_NOT_ENABLED':
    case 'BACKUP_CODES_NOT_ENABLED':
    case 'TWO_FACTOR_NOT_ENABLED':
      return new WardlineError('INVALID_REQUEST', 'There is no second factor. Set one up first.');
    default:
      // Of requests that bring the same recovery code at once, one gets it; this is what the library says to the others.
      return error instanceof Error && 'status' in error && error.status === 'CONFLICT' ? wrongRecoveryCode() : error;
  }
}

function wrongRecoveryCode(): WardlineError {
  return new WardlineError('INVALID_CREDENTIAL', 'This recovery code is wrong, or was used already.');
}
