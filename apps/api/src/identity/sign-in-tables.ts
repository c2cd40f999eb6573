import type { Tables } from '../db/schema.ts';

/** The tables that the sign-in library reads and writes with queries of its own. */
export type SignInTables = Pick<Tables, 'users' | 'sessions' | 'accounts' | 'verifications' | 'two_factors'>;

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const;

/** The library's words for tables and columns, in the names of this database. */
export const TABLE_NAMES = {
  user: {
    modelName: 'users',
    fields: { ...TIMES, emailVerified: 'email_verified' },
    additionalFields: {
      disabled: { type: 'boolean', required: false, input: false, returned: true, defaultValue: false },
    },
  },
  session: {
    modelName: 'sessions',
    fields: { ...TIMES, userId: 'user_id', expiresAt: 'expires_at', ipAddress: 'ip_address', userAgent: 'user_agent' },
  },
  account: {
    modelName: 'accounts',
    fields: {
      ...TIMES,
      userId: 'user_id',
      accountId: 'account_id',
      providerId: 'provider_id',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      accessTokenExpiresAt: 'access_token_expires_at',
      refreshTokenExpiresAt: 'refresh_token_expires_at',
    },
  },
  verification: { modelName: 'verifications', fields: { ...TIMES, expiresAt: 'expires_at' } },
  /** What the plugin of the second factor adds. */
  secondFactor: {
    user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
    twoFactor: {
      modelName: 'two_factors',
      fields: {
        userId: 'user_id',
        backupCodes: 'backup_codes',
        failedVerificationCount: 'failed_verification_count',
        lockedUntil: 'locked_until',
      },
    },
  },
} as const;
