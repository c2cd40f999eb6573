import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { proxiesSchema } from './http/proxies.ts';

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
  WARDLINE_TLS_CERT: z.string().optional(),
  WARDLINE_TLS_KEY: z.string().optional(),
  WARDLINE_TRUST_PROXY: proxiesSchema,
  WARDLINE_SIMULATOR: z.enum(['on', 'off']).default('off'),
  WARDLINE_AWS_ENDPOINTS: endpointsSchema,
});

const environmentSchema = variablesSchema.superRefine((given, context) => {
  const both = ['WARDLINE_TLS_CERT', 'WARDLINE_TLS_KEY'] as const;
  const missing = both.filter((name) => given[name] === undefined);
  if (missing.length !== 1) return;
  const message = 'is needed too: TLS takes a certificate and its key, or neither';
  context.addIssue({ code: 'custom', path: missing, message });
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
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new ConfigError(`The configuration cannot be used:\n${lines.join('\n')}`);
  }
  const value = parsed.data;
  const host = value.HOST.includes(':') ? `[${value.HOST}]` : value.HOST;
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
    masterKey: value.WARDLINE_MASTER_KEY,
    masterKeyFile: value.WARDLINE_MASTER_KEY_FILE,
    bootstrap: { apiKey: value.WARDLINE_BOOTSTRAP_API_KEY },
    simulator: value.WARDLINE_SIMULATOR === 'on',
    awsEndpoints: value.WARDLINE_AWS_ENDPOINTS,
    /** Where the built console is; `src/` and `dist/` lie equally deep, so this holds for both. */
    webRoot: fileURLToPath(new URL('../../web/dist', import.meta.url)),
  };
}
