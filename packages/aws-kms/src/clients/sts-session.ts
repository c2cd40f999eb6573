import type { AwsCredentials } from './clients.ts';

interface SessionOutput {
  readonly Credentials?:
    | {
        readonly AccessKeyId?: string | undefined;
        readonly SecretAccessKey?: string | undefined;
        readonly SessionToken?: string | undefined;
        readonly Expiration?: Date | undefined;
      }
    | undefined;
  readonly AssumedRoleUser?: { readonly Arn?: string | undefined } | undefined;
}

/** The session of an assumed role. */
export interface RoleSession {
  readonly credentials: AwsCredentials;
  readonly arn: string;
  /** ISO 8601, UTC. */
  readonly expiresAt: string;
}

/** Reads an AssumeRole* answer; undefined where a part is missing, which AWS never leaves out. */
export function sessionOf({ Credentials, AssumedRoleUser }: SessionOutput): RoleSession | undefined {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || !AssumedRoleUser?.Arn) return undefined;
  return {
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
    arn: AssumedRoleUser.Arn,
    expiresAt: Expiration.toISOString(),
  };
}
