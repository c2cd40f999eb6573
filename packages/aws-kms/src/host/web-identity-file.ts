import { fromWebToken } from '@aws-sdk/credential-providers';
import { call } from '../clients/call.ts';
import { clientConfiguration } from '../clients/clients.ts';
import type { HostResult } from './instance-metadata.ts';
import type { HostSetting } from './search.ts';
import { readTokenFile } from './token-file.ts';

/**
 * Exchanges the token that Kubernetes mounts for IAM roles for service accounts (IRSA). The client of STS inside the
 * SDK's provider inherits nothing, so region, endpoint, deadlines and the single attempt are given to it.
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export async function webIdentityFileCredentials(
  path: string,
  roleArn: string,
  { env, region, endpoints, caller, sessionName, noteToken }: HostSetting,
): Promise<HostResult> {
  const token = await readTokenFile(path);
  if (typeof token !== 'string') return { problem: token };
  noteToken(token, roleArn);
  const exchange = ({ abortSignal }: { abortSignal: AbortSignal }) =>
    fromWebToken({
      webIdentityToken: token,
      roleArn,
      roleSessionName: env.AWS_ROLE_SESSION_NAME || sessionName,
      clientConfig: clientConfiguration({
        region,
        endpoint: endpoints?.sts,
        handler: caller.handler.boundTo(abortSignal),
        credentials: undefined,
      }),
    })();
  const result = await call(
    caller,
    'AssumeRoleWithWebIdentity',
    exchange,
    ({ accessKeyId, secretAccessKey, sessionToken, expiration }) =>
      sessionToken && expiration
        ? { accessKeyId, secretAccessKey, sessionToken, expiresAt: expiration.toISOString() }
        : undefined,
  );
  if (!result.ok) return { problem: { kind: 'aws', failure: result.failure, aws: result.aws } };
  return { credentials: result.value, detail: `role ${roleArn}` };
}
