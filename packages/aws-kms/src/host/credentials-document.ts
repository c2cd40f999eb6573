import type { AwsCredentials } from '../clients/clients.ts';
import type { HostProblem } from './host-problem.ts';

/** Credentials of a host, which are always temporary. */
export interface HostCredentials extends AwsCredentials {
  readonly sessionToken: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/**
 * Reads the JSON that instance metadata and container endpoints answer with. Expired credentials are refused, where
 * the SDK would extend them with a warning.
 */
export function parseCredentialsDocument(body: string, now: Date): HostCredentials | HostProblem {
  const document = parseObject(body);
  if (!document) return { kind: 'malformed', detail: 'the answer was no JSON document' };
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = document;
  if (
    typeof AccessKeyId !== 'string' ||
    typeof SecretAccessKey !== 'string' ||
    typeof Token !== 'string' ||
    typeof Expiration !== 'string'
  ) {
    return { kind: 'malformed', detail: 'the answer lacks AccessKeyId, SecretAccessKey, Token or Expiration' };
  }
  const expiry = new Date(Expiration);
  if (Number.isNaN(expiry.getTime())) return { kind: 'malformed', detail: 'Expiration is no time' };
  if (expiry <= now) return { kind: 'expired', at: expiry.toISOString() };
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: Token,
    expiresAt: expiry.toISOString(),
  };
}

function parseObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
