import { z } from 'zod';
import { optionalText } from './scope.ts';
import { describedAnswer, describedFields } from './service-account.ts';
import { storableText } from './text.ts';

/** Whose an API key is: a person's own, or a program's. */
export const API_KEY_TYPES = ['USER', 'SERVICE_ACCOUNT'] as const;
export const apiKeyTypeSchema = z.enum(API_KEY_TYPES, { error: 'is USER or SERVICE_ACCOUNT' });
export type ApiKeyType = z.infer<typeof apiKeyTypeSchema>;

/** How long a token lives when nothing else is said, in milliseconds: 30 days. */
export const DEFAULT_TOKEN_LIFE_MS = 30 * 24 * 60 * 60 * 1000;
/** As `validTo`: the token does not expire. A number that every client of the ecosystem can send and keep. */
export const NO_EXPIRY = -1;

/** The last millisecond of the year 9999: what ISO 8601 can write in four digits. */
export const LAST_TIME = 253_402_300_799_999;
const timeSchema = z.number().int().min(0).max(LAST_TIME, 'is in milliseconds since 1970, and before the year 10000');
/** Clients of the ecosystem leave 0 out; some send null. */
const optionalTime = timeSchema.nullish().transform((value) => value || undefined);

/** The longest name of an owner: an ID of 128 characters, or an id of the database. */
const ownerName = storableText.min(1, 'Say whose it is.').max(128);

/** Whose API keys a request is about. */
const ownerFields = {
  apiKeyType: apiKeyTypeSchema,
  parentIdentifier: ownerName.describe('The id of the user, or the ID of the service account in the scope.'),
};
export const apiKeyOwnerQuerySchema = z.object(ownerFields);
export const tokenOwnerQuerySchema = z.object({ ...ownerFields, apiKeyIdentifier: storableText });

/** An API key as a client sends it; the body tells the scope, since the Go SDK sends no query with a change. */
export const apiKeyInputSchema = z
  .strictObject({
    ...describedFields,
    ...ownerFields,
    defaultTimeToExpireToken: optionalTime.describe(
      'How long its tokens live unless they say otherwise, in milliseconds; 30 days where it is left out.',
    ),
  })
  .transform(({ governanceMetadata: _g, ...key }) => key);
export type ApiKeyInput = z.infer<typeof apiKeyInputSchema>;
export type ApiKeyRequest = z.input<typeof apiKeyInputSchema>;

export const apiKeySchema = z.object({
  ...describedAnswer,
  ...ownerFields,
  /** Null where the key says nothing, and 30 days hold. */
  defaultTimeToExpireToken: z.number().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** An API key with what else a page shows. Times are milliseconds since 1970. */
export const apiKeyAggregateSchema = z.object({
  apiKey: apiKeySchema,
  createdAt: z.number(),
  lastModifiedAt: z.number(),
  tokensCount: z.number().int(),
});
export type ApiKeyAggregate = z.infer<typeof apiKeyAggregateSchema>;

/** What the ecosystem's clients send back as they got it. */
const echoed = {
  valid: z.unknown().optional(),
  email: z.unknown().optional(),
  username: z.unknown().optional(),
  encodedPassword: z.unknown().optional(),
  lastUsedAt: z.unknown().optional(),
  scheduledExpireTime: z.unknown().optional().describe('Told by answers; a rotation sets it.'),
};

/** A token as a client sends it. */
export const tokenInputSchema = z
  .strictObject({
    ...describedFields,
    ...ownerFields,
    apiKeyIdentifier: storableText,
    validFrom: optionalTime.describe('Milliseconds since 1970; from now on where it is left out.'),
    validTo: z
      .union([z.literal(NO_EXPIRY), timeSchema], {
        error: `is in milliseconds since 1970, before the year 10000, or ${NO_EXPIRY} for a token that does not expire`,
      })
      .nullish()
      .transform((value) => value || undefined)
      .describe(
        `Milliseconds since 1970, or ${NO_EXPIRY} for a token that does not expire. Left out: as the API key says, or 30 days; in a change: as before.`,
      ),
    ...echoed,
  })
  .transform(
    ({
      governanceMetadata: _g,
      valid: _v,
      email: _e,
      username: _u,
      encodedPassword: _p,
      lastUsedAt: _l,
      scheduledExpireTime: _s,
      ...token
    }) => token,
  );
export type TokenInput = z.infer<typeof tokenInputSchema>;
export type TokenRequest = z.input<typeof tokenInputSchema>;

/** A token as the server answers it: there is no field for its text, which is answered once, when it is made. */
export const tokenSchema = z.object({
  ...describedAnswer,
  ...ownerFields,
  apiKeyIdentifier: z.string(),
  validFrom: z.number(),
  /** -1 for a token that does not expire. */
  validTo: z.number(),
  /** When a token that was rotated stops; null for any other. */
  scheduledExpireTime: z.number().nullable(),
  valid: z.boolean(),
  /** Not kept here: the audit log knows who made a token. */
  email: z.null(),
  username: z.null(),
});
export type Token = z.infer<typeof tokenSchema>;

/** A token with what else a page shows. Times are milliseconds since 1970. */
export const tokenAggregateSchema = z.object({
  token: tokenSchema,
  /** When it ends, by expiry or rotation; -1 for never. */
  expiryAt: z.number(),
  createdAt: z.number(),
  lastModifiedAt: z.number(),
  /** Exact to half a minute; null for a token that was never used. */
  lastUsedAt: z.number().nullable(),
});
export type TokenAggregate = z.infer<typeof tokenAggregateSchema>;

/** `POST /token/rotate/{identifier}`: how long the old token goes on beside the new one. */
export const rotationQuerySchema = z.object({
  rotateTimestamp: optionalText
    .pipe(
      z
        .string()
        .regex(/^\d{1,15}$/, 'is in milliseconds since 1970')
        .transform(Number)
        .pipe(timeSchema)
        .optional(),
    )
    .transform((value) => value || undefined)
    .describe('When the old token stops, in milliseconds since 1970; at once where it is left out.'),
});
