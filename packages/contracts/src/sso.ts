/** Why single sign-on ended without a session; the sign-in page gets the code as `/sign-in?error=CODE`. */
export const SSO_PROBLEMS = {
  'sso-not-configured': {
    title: 'This server has no single sign-on',
    fix: 'Sign in with a password.',
  },
  'sso-setup-first': {
    title: 'This server has no administrator yet',
    fix: 'Open the setup link that the server printed when it started. Single sign-on works after that.',
  },
  'sso-unavailable': {
    title: 'The sign-in provider cannot be reached',
    fix: 'Try again in a moment. If it lasts, an administrator finds the reason in the log of the server.',
  },
  'sso-misconfigured': {
    title: 'The sign-in provider is not set up as this server expects',
    fix: 'An administrator finds in the log of the server which setting or which answer does not fit.',
  },
  'sso-expired': {
    title: 'This sign-in took too long, or was begun in another browser',
    fix: 'Begin again. Cookies of this page have to be allowed.',
  },
  'sso-denied': {
    title: 'The sign-in provider did not sign you in',
    fix: 'Begin again, and allow it there.',
  },
  'sso-rejected': {
    title: 'The answer of the sign-in provider was used already, or does not hold',
    fix: 'Begin again. If it lasts, an administrator finds the reason in the log of the server.',
  },
  'sso-clock': {
    title: 'The clocks of this server and of the sign-in provider differ',
    fix: 'An administrator has to set the clock of the server.',
  },
  'sso-email-missing': {
    title: 'The sign-in provider did not tell your e-mail address',
    fix: 'An administrator of the provider has to let this application have it.',
  },
  'sso-email-unverified': {
    title: 'The sign-in provider has not verified your e-mail address',
    fix: 'Verify the address there, then begin again.',
  },
  'sso-unknown-user': {
    title: 'You are not invited to this server',
    fix: 'Ask an administrator for an invitation to the e-mail address that you use at the provider.',
  },
  'sso-locked': {
    title: 'You cannot sign in here',
    fix: 'Ask an administrator of this server.',
  },
} as const satisfies Record<string, { title: string; fix: string }>;

export type SsoProblem = keyof typeof SSO_PROBLEMS;
