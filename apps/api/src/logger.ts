import { pino } from 'pino';
import type { Config } from './config.ts';

/** Never logged, wherever it turns up: credentials of requests, values of secrets, credentials of AWS. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  '["x-api-key"]',
  'value',
  'secretAccessKey',
  'accessKeyId',
  'sessionToken',
  'webIdentityToken',
  'masterKey',
  'databaseUrl',
  'keyArn',
];

/** At the top of a line and up to three levels down; pino's wildcards stand for one level each. */
const paths = SECRET_FIELDS.flatMap((field) =>
  ['', '*', '*.*', '*.*.*'].map((prefix) => (prefix && !field.startsWith('[') ? `${prefix}.${field}` : prefix + field)),
);

/** JSON lines on standard error: standard output is for people. */
export function createLogger(
  { logLevel }: Pick<Config, 'logLevel'>,
  destination: { write(line: string): void } = pino.destination(2),
) {
  return pino({ level: logLevel, redact: { paths, censor: '[redacted]' } }, destination);
}
