import type { StsOperation } from './operation.ts';

/** Needs no permission. https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
export const getCallerIdentity: StsOperation = {
  name: 'GetCallerIdentity',
  signed: true,
  run: (_call, { arn, userId, accountId }) => ({ Arn: arn, UserId: userId, Account: accountId }),
};
