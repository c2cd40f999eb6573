import { z } from 'zod';
import { storableText } from './text.ts';

export const PASSWORD_MIN_LENGTH = 12;
/** Long enough for any passphrase; hashing has to end somewhere. */
export const PASSWORD_MAX_LENGTH = 128;

/**
 * A password to set: 12 to 128 characters of any kind (NIST SP 800-63B, section 3.1.1.2: length, no composition rules).
 * The server also refuses common ones and the e-mail address.
 */
export const newPasswordSchema = z
  .string()
  .min(PASSWORD_MIN_LENGTH, `A password has at least ${PASSWORD_MIN_LENGTH} characters.`)
  .max(PASSWORD_MAX_LENGTH, `A password has at most ${PASSWORD_MAX_LENGTH} characters.`);

/** A password as it is typed to prove who one is. */
export const typedPasswordSchema = z
  .string()
  .min(1, 'Enter your password.')
  .max(PASSWORD_MAX_LENGTH, `A password has at most ${PASSWORD_MAX_LENGTH} characters.`);

/**
 * An e-mail address, kept in lower case; at most 254 characters (RFC 5321, section 4.5.3.1.3, without the brackets). It is
 * checked as it was given: in lower case, the Kelvin sign (U+212A) would be the letter k of somebody else's address.
 */
export const emailSchema = z
  .string()
  .trim()
  .max(254, 'An e-mail address has at most 254 characters.')
  .regex(z.regexes.email, 'Enter an e-mail address, such as ada@example.com.')
  .toLowerCase();

/** What a person is called: 1 to 128 characters, none of them a control character. */
export const personNameSchema = storableText
  .trim()
  .min(1, 'Enter a name.')
  .max(128, 'A name has at most 128 characters.')
  .regex(/^\P{Cc}*$/u, 'A name contains no line breaks or other control characters.');

/** `GET /api/auth/options`: how one can sign in here. */
export const signInOptionsSchema = z.object({
  /** There is no user yet: the setup link that the server printed makes the first one. */
  setupRequired: z.boolean(),
  passwordSignIn: z.literal(true),
  /** Single sign-on, by the name that the configuration gives the provider. */
  sso: z.object({ name: z.string() }).nullable(),
});
export type SignInOptions = z.infer<typeof signInOptionsSchema>;

/** What a one-time link is for. */
export const LINK_PURPOSES = ['setup', 'invitation', 'password-reset'] as const;
export const linkPurposeSchema = z.enum(LINK_PURPOSES);
export type LinkPurpose = z.infer<typeof linkPurposeSchema>;

/** The part of a one-time link after `#token=`: 256 random bits. */
const linkTokenSchema = z
  .string()
  .regex(/^[0-9a-zA-Z_-]{1,128}$/, 'The link is not complete. Open it again as you got it.');

/** `POST /api/auth/links/check`. */
export const linkCheckRequestSchema = z.object({ token: linkTokenSchema });
export const linkCheckSchema = z.object({
  purpose: linkPurposeSchema,
  /** Whom the link is for; null for the setup link, whose holder chooses. */
  email: z.string().nullable(),
  /** ISO 8601, UTC. */
  expiresAt: z.string(),
});
export type LinkCheck = z.infer<typeof linkCheckSchema>;

/** `POST /api/auth/links/redeem`. E-mail and name are needed at the setup; an invited user may change the name. */
export const linkRedemptionSchema = z.object({
  token: linkTokenSchema,
  email: emailSchema.optional(),
  name: personNameSchema.optional(),
  password: newPasswordSchema,
});
export type LinkRedemption = z.infer<typeof linkRedemptionSchema>;

/** `POST /api/auth/sign-in`. */
export const signInRequestSchema = z.object({ email: emailSchema, password: typedPasswordSchema });
export type SignInRequest = z.infer<typeof signInRequestSchema>;

/** After a password or a link: one is in, or `POST /api/auth/second-factor` comes next. */
export const signInResultSchema = z.object({ next: z.enum(['signed-in', 'second-factor']) });
export type SignInResult = z.infer<typeof signInResultSchema>;

/** The six digits of an authenticator app (RFC 6238); spaces, as apps show them, are left out. */
export const secondFactorCodeSchema = z
  .string()
  .transform((text) => text.replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits that your app shows.'));

const recoveryCodeSchema = storableText.trim().min(1, 'Enter a recovery code.').max(64, 'This is no recovery code.');

/** `POST /api/auth/second-factor`, with the cookie of the first step. */
export const secondFactorRequestSchema = z.union([
  z.strictObject({ code: secondFactorCodeSchema }),
  z.strictObject({ recoveryCode: recoveryCodeSchema }),
]);
export type SecondFactorRequest = z.input<typeof secondFactorRequestSchema>;

/** How many sessions a call ended: sign-out, sign-out everywhere, revocation, change of the password. */
export const endedSessionsSchema = z.object({ endedSessions: z.number().int() });
export type EndedSessions = z.infer<typeof endedSessionsSchema>;

/** `GET /api/auth/sessions`: one's own, the newest first. Times are ISO 8601, UTC. */
export const sessionSchema = z.object({
  id: z.string(),
  /** The session that asks. */
  current: z.boolean(),
  createdAt: z.string(),
  /** Exact to a minute. */
  lastSeenAt: z.string(),
  /** When it ends if it stays idle. */
  expiresAt: z.string(),
  address: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;
export const sessionsSchema = z.object({ sessions: z.array(sessionSchema) });

/** `GET /api/auth/profile`: oneself. */
export const profileSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  /** False for someone who signs in by single sign-on alone. */
  hasPassword: z.boolean(),
  secondFactor: z.boolean(),
  /** Whether single sign-on is linked to this user. */
  sso: z.boolean(),
});
export type Profile = z.infer<typeof profileSchema>;

/** `PUT /api/auth/profile`. */
export const profileChangeSchema = z.object({ name: personNameSchema });
export type ProfileChange = z.infer<typeof profileChangeSchema>;

/** `POST /api/auth/password`: ends all other sessions. */
export const passwordChangeSchema = z.object({ currentPassword: typedPasswordSchema, newPassword: newPasswordSchema });
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/** `POST /api/auth/second-factor/enrolment`, `…/recovery-codes` and `…/disable`: the password once more. */
export const passwordProofSchema = z.object({ password: typedPasswordSchema });
export type PasswordProof = z.infer<typeof passwordProofSchema>;

/** Shown once. The factor counts only when `POST /api/auth/second-factor/enrolment/confirm` has a code from it. */
export const secondFactorEnrolmentSchema = z.object({
  /** `otpauth://totp/…`, for the QR code. */
  otpauthUri: z.string(),
  /** Base32, for an app without a camera. */
  secret: z.string(),
  recoveryCodes: z.array(z.string()),
});
export type SecondFactorEnrolment = z.infer<typeof secondFactorEnrolmentSchema>;
export const secondFactorConfirmationSchema = z.object({ code: secondFactorCodeSchema });

/** `POST /api/auth/second-factor/recovery-codes`: new ones, shown once; the old ones are void. */
export const recoveryCodesSchema = z.object({ recoveryCodes: z.array(z.string()) });
export type RecoveryCodes = z.infer<typeof recoveryCodesSchema>;

/** `GET /api/auth/sso/start`: a path of this console to come back to, never another site. */
export const ssoStartQuerySchema = z.object({
  returnTo: z
    .string()
    .max(2048)
    .regex(/^\/(?![/\\])[\x21-\x7e]*$/, 'is a path of this console, such as /connectors')
    .default('/'),
});
