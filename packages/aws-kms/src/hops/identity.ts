import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { stsClient } from '../clients/clients.ts';
import type { CallFailure } from '../clients/failure.ts';
import type { BaseIdentity } from './credentials.ts';
import { fact, type HopEnd } from './hop.ts';
import type { Session } from './session.ts';

/** Error names by which STS says that the credentials themselves are no good; KMS would say the same. */
const REFUSED_CREDENTIALS = new Set([
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'ExpiredTokenException',
  'MissingAuthenticationToken',
  'IncompleteSignature',
]);

/**
 * Asks AWS whom it takes the caller for. Needs no permission, so it separates bad credentials from missing
 * permissions. A VPC may reach KMS and not STS: then this is a warning.
 */
export async function identify(session: Session, base: BaseIdentity): Promise<HopEnd<true>> {
  if (base.kind === 'web-identity') {
    return {
      status: 'skipped',
      value: true,
      reason: 'A token is not an AWS identity yet; it becomes one when the role is assumed, in the next step.',
    };
  }
  const { region } = session.connection;
  const { credentials } = base;
  const sts = stsClient({ region, endpoint: session.endpoints?.sts, handler: session.caller.handler, credentials });
  const result = await session.call(
    'GetCallerIdentity',
    (options) => sts.send(new GetCallerIdentityCommand({}), options),
    ({ Arn, Account, UserId }) => (Arn && Account ? { arn: Arn, account: Account, userId: UserId } : undefined),
  );
  if (result.ok) {
    const { arn, account, userId } = result.value;
    session.learn({ callerArn: arn });
    const facts = [...fact('Caller ARN', arn), ...fact('Account', account), ...fact('User ID', userId)];
    return { status: 'pass', value: true, aws: result.aws, facts };
  }
  const finding = session.explain('identity', result.failure);
  if (isFinal(result.failure)) return { status: 'fail', finding, aws: result.aws };
  const facts = fact('Continues', 'KMS may still be reachable and does not depend on this answer.');
  return { status: 'warn', value: true, finding, aws: result.aws, facts };
}

const isFinal = (failure: CallFailure): boolean =>
  failure.kind === 'stopped' || (failure.kind === 'answer' && REFUSED_CREDENTIALS.has(failure.code));
