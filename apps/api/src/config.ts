import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { emailSchema, newPasswordSchema } from '@wardline/contracts';
import { z } from 'zod';
import { readFileVariables } from './config-files.ts';
import { proxiesSchema } from './http/proxies.ts';
import { readSso, SSO_VARIABLES } from './identity/sso/sso-config.ts';
import { rateLimitsSchema } from './limits/rate-limits-schema.ts';

/** Endpoint overrides of one region; absent ones are resolved by the SDK. */
const regionEndpointsSchema = z.strictObject({
  kms: z.url().optional(),
  sts: z.url().optional(),
  imds: z.url().optional(),
});

const endpointsSchema = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'is not JSON; write {"eu-west-1":{"kms":"https://…"}}' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), regionEndpointsSchema));

const PORT_RULE = 'is a whole number from 1 to 65535';

/** A whole number of a unit of time, from one to about ten years. */
const duration = (preset: number) => {
  const rule = 'is a whole number of at least 1';
  return z.coerce.number(rule).int(rule).min(1, rule).max(5_000_000, 'is too long').default(preset);
};

/** A whole number from 1 to the most that is allowed. */
const wholeNumber = (preset: number, most: number) => {
  const rule = `is a whole number from 1 to ${most}`;
  return z.coerce.number(rule).int(rule).min(1, rule).max(most, rule).default(preset);
};

const CHECK_RULE = 'is a whole number of minutes from 0 (never) to 1440';
const VERSIONS_RULE = 'is a whole number of versions from 1 to 1000';
const PROOF_RULE = 'is a whole number of minutes from 0 (never) to 44640';
const DAYS_RULE = 'is a whole number of days from 1 to 36500';

const variablesSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number(PORT_RULE).int(PORT_RULE).min(1, PORT_RULE).max(65_535, PORT_RULE).default(8080),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WARDLINE_DATA_DIR: z.string().min(1).default('.wardline'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'starts with postgres://')
    .optional(),
  WARDLINE_ACCOUNT_ID: z
    .string()
    .regex(/^[0-9a-zA-Z_-]{1,128}$/, 'contains only letters, digits, _ and -')
    .default('default'),
  WARDLINE_PUBLIC_URL: z
    .url()
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  WARDLINE_MASTER_KEY: z.string().optional(),
  WARDLINE_MASTER_KEY_FILE: z.string().optional(),
  WARDLINE_BOOTSTRAP_API_KEY: z.string().optional(),
  WARDLINE_BOOTSTRAP_ADMIN_EMAIL: emailSchema.optional(),
  WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: newPasswordSchema.optional(),
  WARDLINE_SESSION_IDLE_MINUTES: duration(60),
  WARDLINE_SESSION_MAX_HOURS: duration(12),
  ...SSO_VARIABLES,
  WARDLINE_TLS_CERT: z.string().optional(),
  WARDLINE_TLS_KEY: z.string().optional(),
  WARDLINE_TRUST_PROXY: proxiesSchema,
  WARDLINE_AUDIT_RETENTION_DAYS: z.coerce
    .number(DAYS_RULE)
    .int(DAYS_RULE)
    .min(1, DAYS_RULE)
    .max(36_500, DAYS_RULE)
    .optional(),
  WARDLINE_CONNECTIVITY_MINUTES: z.coerce
    .number(CHECK_RULE)
    .int(CHECK_RULE)
    .min(0, CHECK_RULE)
    .max(1440, CHECK_RULE)
    .default(30),
  WARDLINE_SECRET_VERSIONS_KEPT: z.coerce
    .number(VERSIONS_RULE)
    .int(VERSIONS_RULE)
    .min(1, VERSIONS_RULE)
    .max(1000, VERSIONS_RULE)
    .default(20),
  WARDLINE_PROOF_MINUTES: z.coerce
    .number(PROOF_RULE)
    .int(PROOF_RULE)
    .min(0, PROOF_RULE)
    .max(44_640, PROOF_RULE)
    .default(60),
  WARDLINE_PROOF_DAYS: z.coerce.number(DAYS_RULE).int(DAYS_RULE).min(1, DAYS_RULE).max(36_500, DAYS_RULE).default(7),
  WARDLINE_DATA_KEY_MAX_MESSAGES: wholeNumber(1000, 1_000_000),
  WARDLINE_DATA_KEY_MAX_BYTES: wholeNumber(104_857_600, 1_099_511_627_776),
  WARDLINE_DATA_KEY_MAX_SECONDS: wholeNumber(3600, 2_592_000),
  WARDLINE_DATA_KEY_CACHE_SECONDS: wholeNumber(3600, 2_592_000),
  WARDLINE_DATA_KEY_CACHE_SIZE: wholeNumber(10_000, 30_000),
  WARDLINE_RATE_LIMITS: rateLimitsSchema,
  WARDLINE_SIMULATOR: z.enum(['on', 'off']).default('off'),
  WARDLINE_AWS_ENDPOINTS: endpointsSchema,
});

/** Variables that mean something together only. */
const PAIRS = [
  ['WARDLINE_TLS_CERT', 'WARDLINE_TLS_KEY', 'TLS takes a certificate and its key, or neither'],
  [
    'WARDLINE_BOOTSTRAP_ADMIN_EMAIL',
    'WARDLINE_BOOTSTRAP_ADMIN_PASSWORD',
    'the first administrator has an e-mail address and a password',
  ],
  ['WARDLINE_SSO_ISSUER', 'WARDLINE_SSO_CLIENT_ID', 'single sign-on takes issuer, client ID and client secret'],
  ['WARDLINE_SSO_ISSUER', 'WARDLINE_SSO_CLIENT_SECRET', 'single sign-on takes issuer, client ID and client secret'],
] as const;

/** Secrets, which may be given as a file too: the same name with _FILE. */
const ALSO_AS_FILES = [
  'DATABASE_URL',
  'WARDLINE_BOOTSTRAP_API_KEY',
  'WARDLINE_BOOTSTRAP_ADMIN_EMAIL',
  'WARDLINE_BOOTSTRAP_ADMIN_PASSWORD',
  'WARDLINE_SSO_CLIENT_SECRET',
];

const environmentSchema = variablesSchema.superRefine((given, context) => {
  for (const [one, other, because] of PAIRS) {
    const missing = [one, other].filter((name) => given[name] === undefined);
    if (missing.length === 1) context.addIssue({ code: 'custom', path: missing, message: `is needed too: ${because}` });
  }
});

export type Config = ReturnType<typeof loadConfig>;

/** A configuration that cannot be used; the message names every variable and what is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables.
 * @throws ConfigError naming each wrong variable.
 */
export function loadConfig(env: NodeJS.ProcessEnv) {
  // An empty variable means "not set", as shells and compose files write it.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const { values, problems } = readFileVariables(given, ALSO_AS_FILES);
  const parsed = environmentSchema.safeParse(values);
  if (!parsed.success || problems.length > 0) {
    const issues = parsed.error?.issues.map(({ path, message }) => ({ name: path.join('.'), message })) ?? [];
    const lines = [...problems, ...issues].map(({ name, message }) => `  ${name}: ${message}`);
    throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`);
  }
  const value = parsed.data;
  // Listening everywhere, the address is no place that a browser could open.
  const named = value.HOST === '0.0.0.0' || value.HOST === '::' ? hostname() : value.HOST;
  const host = named.includes(':') ? `[${named}]` : named;
  const { WARDLINE_BOOTSTRAP_ADMIN_EMAIL: bootstrapEmail, WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: bootstrapPassword } =
    value;
  const { WARDLINE_TLS_CERT: certPath, WARDLINE_TLS_KEY: keyPath } = value;
  const tls = certPath && keyPath ? { certPath: resolve(certPath), keyPath: resolve(keyPath) } : undefined;
  return {
    host: value.HOST,
    port: value.PORT,
    logLevel: value.LOG_LEVEL,
    dataDir: resolve(value.WARDLINE_DATA_DIR),
    databaseUrl: value.DATABASE_URL,
    accountId: value.WARDLINE_ACCOUNT_ID,
    publicUrl: value.WARDLINE_PUBLIC_URL ?? `${tls ? 'https' : 'http'}://${host}:${value.PORT}`,
    /** Present when the server speaks TLS itself. */
    tls,
    /** Addresses and ranges of the proxies in front, whose word about the client is taken. */
    trustedProxies: value.WARDLINE_TRUST_PROXY,
    /** How many requests a client may make; undefined for any number. */
    rateLimits: value.WARDLINE_RATE_LIMITS,
    masterKey: value.WARDLINE_MASTER_KEY,
    masterKeyFile: value.WARDLINE_MASTER_KEY_FILE,
    bootstrap: {
      apiKey: value.WARDLINE_BOOTSTRAP_API_KEY,
      administrator:
        bootstrapEmail && bootstrapPassword ? { email: bootstrapEmail, password: bootstrapPassword } : undefined,
    },
    /** The provider of single sign-on, if there is one. */
    sso: readSso(value),
    /** How long a session lasts unused and in all, in milliseconds. */
    sessions: {
      idleMs: value.WARDLINE_SESSION_IDLE_MINUTES * 60_000,
      maxMs: value.WARDLINE_SESSION_MAX_HOURS * 3_600_000,
    },
    /** Older audit events are removed; undefined keeps everything. */
    auditRetentionDays: value.WARDLINE_AUDIT_RETENTION_DAYS,
    /** How often every stored connector is tested by the server itself; 0 for never. */
    connectivityMinutes: value.WARDLINE_CONNECTIVITY_MINUTES,
    secrets: {
      /** Versions that each secret keeps, the current one included; a change removes older ones. */
      versionsKept: value.WARDLINE_SECRET_VERSIONS_KEPT,
      /** Days after which a value that was not proven readable is overdue. */
      proofDays: value.WARDLINE_PROOF_DAYS,
      /** How often the server decrypts a sample of what is stored; 0 for never. */
      proofMinutes: value.WARDLINE_PROOF_MINUTES,
    },
    /** How far one data key of AWS KMS goes, and how long data keys stay in memory. */
    dataKeys: {
      maxMessages: value.WARDLINE_DATA_KEY_MAX_MESSAGES,
      maxBytes: value.WARDLINE_DATA_KEY_MAX_BYTES,
      maxSeconds: value.WARDLINE_DATA_KEY_MAX_SECONDS,
      cacheSeconds: value.WARDLINE_DATA_KEY_CACHE_SECONDS,
      cacheSize: value.WARDLINE_DATA_KEY_CACHE_SIZE,
    },
    simulator: value.WARDLINE_SIMULATOR === 'on',
    awsEndpoints: value.WARDLINE_AWS_ENDPOINTS,
    /** Where the built console is; `src/` and `dist/` lie equally deep, so this holds for both. */
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    /** Where the built agent is, which is given out to whoever installs a delegate. */
    agentFile: fileURLToPath(new URL('../../delegate/dist/delegate.mjs', import.meta.url)),
  };
}
