import { WardlineError } from '../wardline-error.ts';

/** The one answer to a sign-in that failed, whatever the reason: it does not tell whether there is such a user. */
export function wrongCredentials(): WardlineError {
  return new WardlineError('INVALID_CREDENTIAL', 'The e-mail address or the password is wrong.', {
    hints: ['If you forgot your password, ask an administrator for a link to set a new one.'],
  });
}

/** @param retryAfterSeconds when the next attempt is taken. */
export function tooManyAttempts(retryAfterSeconds: number): WardlineError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new WardlineError('TOO_MANY_REQUESTS', 'Too many sign-ins failed, so no more are taken for now.', {
    hints: [`Try again in ${minutes} minute${minutes === 1 ? '' : 's'}.`],
    retryAfterSeconds,
  });
}

/** A link that is unknown, expired or used; which of these is nobody's business. */
export function invalidLink(): WardlineError {
  return new WardlineError('INVALID_TOKEN', 'This link is not valid: it was used, has expired, or never was one.', {
    hints: [
      'Ask an administrator for a new link. A new setup link is printed when the server is restarted before there is a user.',
    ],
  });
}
