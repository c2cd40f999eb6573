import { PASSWORD_MAX_LENGTH, PASSWORD_MIN_LENGTH } from '@wardline/contracts';
import type { MasterKey } from '@wardline/envelope';
import { v7 as uuid } from 'uuid';
import type { Deps } from '../app.ts';
import type { Passwords } from './passwords.ts';
import { TABLE_NAMES } from './sign-in-tables.ts';

type LibraryDeps = Pick<Deps, 'config' | 'storage' | 'masterKey' | 'logger' | 'now'> & {
  readonly passwords: Passwords;
};

export type SignInLibrary = Awaited<ReturnType<typeof load>>;

/** The key of cookie signatures, as the library takes it. It never reaches the database. */
export function cookieSecret(masterKey: MasterKey): string {
  return masterKey.deriveKey('session cookies').export().toString('base64');
}

/**
 * better-auth, loaded when it is needed first: it takes 15 MB, and a server that programs alone use never needs it.
 * Its calls run inside `withinDeed()`, through the routes of this folder; its own routes are not served. To add a
 * plugin: put it into `plugins` below, its tables into the migrations, the columns into `TABLE_NAMES` or the plugin's
 * `schema` option, and what its writes are on record as into `auditedWrite()`.
 */
export function signInLibrary(deps: LibraryDeps): () => Promise<SignInLibrary> {
  let loading: Promise<SignInLibrary> | undefined;
  return () => {
    loading ??= load(deps);
    return loading;
  };
}

async function load({ config, storage, masterKey, logger, now, passwords }: LibraryDeps) {
  const [{ betterAuth }, { twoFactor }, { auditedAdapter }] = await Promise.all([
    import('better-auth/minimal'),
    import('better-auth/plugins/two-factor'),
    import('./audited-adapter.ts'),
  ]);
  return betterAuth({
    appName: 'Wardline',
    baseURL: config.publicUrl,
    secrets: [{ version: 1, value: cookieSecret(masterKey) }],
    database: auditedAdapter({ storage, now, idleMs: config.sessions.idleMs }),
    user: TABLE_NAMES.user,
    session: { ...TABLE_NAMES.session, expiresIn: config.sessions.maxMs / 1000, disableSessionRefresh: true },
    account: TABLE_NAMES.account,
    verification: TABLE_NAMES.verification,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: PASSWORD_MAX_LENGTH,
      password: { hash: passwords.hash, verify: passwords.verify },
    },
    // Secrets and recovery codes are encrypted under `secrets`. A sign-in waits 10 minutes for its code, and takes 5; an
    // account, 10 wrong ones in a row, then none for a quarter of an hour.
    plugins: [
      twoFactor({
        schema: TABLE_NAMES.secondFactor,
        twoFactorCookieMaxAge: 600,
        backupCodeOptions: { storeBackupCodes: 'encrypted' },
        accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 },
      }),
    ],
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      // Warnings are about who could not sign in and why, which the audit log has; the log is not to have it.
      level: 'error',
      log: (_level, message, ...details) => {
        const reasons = details.flatMap((one) => (one instanceof Error ? [one.message] : []));
        logger.error({ reasons }, `sign-in library: ${message}`);
      },
    },
    advanced: {
      cookiePrefix: 'wardline',
      useSecureCookies: config.publicUrl.startsWith('https:'),
      // The address comes with the actor, which knows the proxies.
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => uuid(), validateSchema: false },
    },
  });
}
