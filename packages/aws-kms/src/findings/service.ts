import { command, retest, shell } from './fixes.ts';
import { answerOf, type Rule } from './rule.ts';

/** Trouble at AWS itself. */
export const SERVICE_RULES: readonly Rule[] = [
  {
    code: 'throttled',
    rows: [45],
    find: (evidence) => {
      const names = ['ThrottlingException', 'Throttling', 'LimitExceededException', 'TooManyRequestsException'];
      if (!answerOf(evidence, names)) return undefined;
      return {
        title: 'AWS limits the request rate',
        explanation:
          'The account has used up its request rate in this region; all applications of the account share it. A test makes one attempt, so that it shows what happens; reading and writing secrets tries again.',
        fixes: [
          retest('Wait a minute first. Applications that use the key should back off and cache their data keys.'),
          command(
            'See the quotas of KMS',
            shell`aws service-quotas list-service-quotas --region ${evidence.subject.region} --service-code kms`,
          ),
        ],
      };
    },
  },
  {
    code: 'kms-unavailable',
    rows: [46],
    find: (evidence) => {
      const names = [
        'KMSInternalException',
        'DependencyTimeoutException',
        'KeyUnavailableException',
        'InternalFailure',
        'InternalError',
        'InternalServerError',
        'ServiceUnavailable',
        'ServiceUnavailableException',
      ];
      const answer = answerOf(evidence, names);
      if (!answer) return undefined;
      return {
        title: 'AWS has a problem of its own',
        explanation: `${answer.operation} was answered with ${answer.code}. The settings are not the cause, and this usually passes.`,
        fixes: [
          retest(
            'Wait a minute first. AWS shows the state of its services at https://health.aws.amazon.com/health/status',
          ),
        ],
      };
    },
  },
];
