import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { rootCertificates } from 'node:tls';
import { CONNECT_PATH, delegateSelfSchema } from '@wardline/delegate-protocol';
import { z } from 'zod';

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean),
);

/** `host`, `host:port` or a URL; without a scheme it is HTTPS, as outside of a machine it should be. */
const managerUrl = z.string().transform((text, context) => {
  const url = /^\w+:\/\//.test(text) ? text : `https://${text}`;
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && ['http:', 'https:', 'ws:', 'wss:'].includes(parsed.protocol)) {
    parsed.protocol = parsed.protocol.replace('http', 'ws');
    // What a browser's address bar adds.
    parsed.hash = '';
    parsed.search = '';
    parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}${CONNECT_PATH}`;
    return parsed;
  }
  context.addIssue({ code: 'custom', message: 'is the address of Wardline, such as https://wardline.example.com' });
  return z.NEVER;
});

const PORT_RULE = 'is a whole number from 0 to 65535';

const environmentSchema = z.object({
  ACCOUNT_ID: z.string().min(1).max(128).default('default'),
  DELEGATE_TOKEN: z
    .string({ error: 'is missing. Make a token in Wardline: Delegates, New delegate.' })
    .trim()
    .regex(/^[A-Za-z0-9+/]{43}=$/, 'is no delegate token: 44 characters of base64. Copy it again, whole.'),
  MANAGER_HOST_AND_PORT: z
    .string({ error: 'is missing: the address of Wardline, such as https://wardline.example.com' })
    .pipe(managerUrl),
  DELEGATE_NAME: z
    .string()
    .max(63, 'has at most 63 characters')
    .regex(
      /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
      'has lower-case letters, digits and -, and begins and ends with a letter or digit',
    )
    .default('delegate'),
  DELEGATE_TAGS: list
    .refine(
      (tags) => delegateSelfSchema.shape.tags.safeParse(tags).success,
      'has at most 64 tags of at most 128 characters',
    )
    .default([]),
  DELEGATE_DESCRIPTION: z.string().max(1024).default(''),
  DELEGATE_CAPACITY: z.coerce.number().int().min(1).max(1000).default(10),
  EXTRA_CA_FILES: list.default([]),
  HEALTH_PORT: z.coerce.number(PORT_RULE).int(PORT_RULE).min(0, PORT_RULE).max(65_535, PORT_RULE).default(3460),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  WARDLINE_AWS_ENDPOINTS: z
    .string()
    .default('{}')
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON; write {"eu-west-1":{"kms":"https://…"}}' });
        return z.NEVER;
      }
    })
    .pipe(
      z.record(
        z.string(),
        z.strictObject({ kms: z.url().optional(), sts: z.url().optional(), imds: z.url().optional() }),
      ),
    ),
});

export type DelegateConfig = ReturnType<typeof loadConfig>;

/** A configuration that cannot be used; the message names every variable and what is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration from environment variables, by the names that people know from the ecosystem.
 * @throws ConfigError naming each wrong variable; the token's value is in no message.
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
  return {
    accountId: value.ACCOUNT_ID,
    token: value.DELEGATE_TOKEN,
    managerUrl: value.MANAGER_HOST_AND_PORT,
    name: value.DELEGATE_NAME,
    hostName: hostname(),
    tags: value.DELEGATE_TAGS,
    description: value.DELEGATE_DESCRIPTION,
    capacity: value.DELEGATE_CAPACITY,
    /** Undefined leaves Node's own certificates, among them those of NODE_EXTRA_CA_CERTS. */
    ca:
      value.EXTRA_CA_FILES.length > 0
        ? [...rootCertificates, ...value.EXTRA_CA_FILES.map(readCertificates)]
        : undefined,
    healthPort: value.HEALTH_PORT,
    logLevel: value.LOG_LEVEL,
    awsEndpoints: value.WARDLINE_AWS_ENDPOINTS,
  };
}

function readCertificates(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    // Throws for what is no certificate; with several in the file, for the first.
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    throw new ConfigError(
      `EXTRA_CA_FILES: ${path} cannot be read as certificates in PEM (${error instanceof Error ? error.message : 'unknown'}).`,
    );
  }
}
