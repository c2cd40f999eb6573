import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { refusalCode } from './library-call.ts';

/** Runs a call of the sign-in library to which someone proves themselves. @throws WardlineError INVALID_CREDENTIAL for a wrong password. */
export async function provingPassword<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (refusalCode(error) !== 'INVALID_PASSWORD') throw error;
    throw new WardlineError('INVALID_CREDENTIAL', 'This is not your password.');
  }
}

/** The same refusal for someone who is signed in: what was typed is wrong, not who they are. Any other error is itself. */
export function inField(fieldId: string, error: unknown): unknown {
  if (!(error instanceof WardlineError) || error.code !== 'INVALID_CREDENTIAL') return error;
  return invalidFields([{ fieldId, error: error.message }]);
}
