import type { Fix } from '@wardline/contracts';
import { describeSkew, SKEW_LIMIT_MS } from '../clients/skew.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, retest, seeEndpoints, seeProxies, setting, shell } from './fixes.ts';
import { answerOf, type FindingText, ofKind, operationOf, type Rule, serviceOf, WEB_IDENTITY } from './rule.ts';
import { runnerName } from './subject.ts';

const SIGNATURE = ['SignatureDoesNotMatch', 'InvalidSignatureException'];

const NTP = [
  command('See how far the clock is off', 'timedatectl status || chronyc tracking'),
  command('Switch time synchronisation on', 'sudo timedatectl set-ntp true'),
];

const isStatic = ({ credential }: Subject): boolean => credential.type === 'ManualConfig';

/** How to come by credentials that have not expired: only static ones can be entered again. */
function renewal(subject: Subject): Fix[] {
  if (isStatic(subject)) {
    const body =
      'Use the access key of an IAM user, or another credential type: temporary keys cannot be renewed here.';
    return [setting('AWS Access Key ID', body)];
  }
  return [retest('Every test obtains its credentials anew.'), ...NTP];
}

const isTemporary = ({ accessKeyId }: Subject): boolean => accessKeyId?.startsWith('ASIA') ?? false;

/**
 * Commands on access keys want the name of a user, which is not known here. IAM tells whose a key is; of a temporary
 * one it does not. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccessKeyLastUsed.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-keys-admin-managed.html#admin-find-user-access-keys
 */
const findUser = (subject: Subject): Fix =>
  isTemporary(subject)
    ? command(
        'Choose the user whose access key is to be used; the name goes in place of USER_NAME below',
        shell`aws iam list-users --region ${subject.region} --query 'Users[].UserName' --output text`,
      )
    : command(
        'Find the user of the key; the name goes in place of USER_NAME below (in the console: IAM, Users, search for the key ID)',
        shell`aws iam get-access-key-last-used --region ${subject.region} --access-key-id ACCESS_KEY_ID --query UserName --output text`,
      );

const regionStatus = ({ region }: Subject): Fix =>
  command('See whether the region is enabled', shell`aws account get-region-opt-status --region-name ${region}`);

function unknownKey(subject: Subject): FindingText {
  const { region, partition } = subject;
  if (!isStatic(subject)) {
    return {
      title: 'AWS does not know these credentials',
      explanation: `The session of the role is not valid here: region ${region} is not enabled for the account of the role, the role belongs to another partition than ${partition}, or it was deleted since. AWS gives the same answer for all of these.`,
      fixes: [
        regionStatus(subject),
        setting('Region', 'Or use a key in a region that is enabled, in the partition of the role.'),
        retest('Every test obtains its credentials anew.'),
      ],
    };
  }
  const temporary = isTemporary(subject);
  return {
    title: 'AWS does not know this access key',
    explanation: `${temporary ? 'This one begins with ASIA: it is a temporary key, which works only together with its session token. Use the access key of an IAM user, which begins with AKIA. ' : ''}The access key ID is unknown, deleted or inactive; or it belongs to another partition than ${partition}; or region ${region} is not enabled for the account. AWS gives the same answer for all of these.`,
    fixes: [
      setting(
        'AWS Access Key ID',
        'Check the value, or create a new access key for the user and store both parts of it.',
      ),
      findUser(subject),
      command(
        'See the keys of the user and whether they are active',
        shell`aws iam list-access-keys --region ${region} --user-name USER_NAME`,
      ),
      ...(subject.accessKeyId && !temporary
        ? [
            command(
              'Activate the key again',
              shell`aws iam update-access-key --region ${region} --user-name USER_NAME --access-key-id ACCESS_KEY_ID --status Active`,
            ),
          ]
        : []),
      regionStatus(subject),
    ],
  };
}

function wrongSecret(subject: Subject): FindingText {
  if (!isStatic(subject)) {
    return {
      title: 'AWS computes another signature for this request',
      explanation: `The credentials came from AWS itself, so they fit together. Something between ${runnerName(subject)} and AWS changes requests: a proxy that rewrites headers or bodies does that.`,
      fixes: [
        seeProxies,
        setting('Delegates Setup', 'Exempt AWS from the proxy, or use a delegate in another network.'),
      ],
    };
  }
  return {
    title: 'The secret access key does not belong to the access key ID',
    explanation:
      'AWS knows the access key ID but computes another signature. Usually the secret is that of another key, was cut off, or has a stray character.',
    fixes: [
      setting(
        'AWS Secret Access Key',
        'Replace the value. If it is lost, create a new access key: a secret cannot be read again.',
      ),
      findUser(subject),
      command(
        'Create a new access key',
        shell`aws iam create-access-key --region ${subject.region} --user-name USER_NAME`,
      ),
    ],
  };
}

const clock = (subject: Subject): FindingText => ({
  title: 'The clock is wrong',
  explanation: `The clock of ${runnerName(subject)} is ${
    subject.skewMs ? describeSkew(subject.skewMs) : 'different from the clock of AWS'
  }. Requests are signed with the time: KMS refuses them from 5 minutes on, STS from 15.`,
  fixes: NTP,
});

const skewed = ({ subject }: Evidence): boolean => Math.abs(subject.skewMs ?? 0) >= SKEW_LIMIT_MS;

/** Credentials that AWS does not accept: signature, clock, unknown or expired keys. */
export const CREDENTIAL_RULES: readonly Rule[] = [
  {
    code: 'clock-skew',
    rows: [4],
    find: (evidence) => {
      const told = answerOf(evidence, SIGNATURE, /Signature (expired|not yet current)/i);
      const measured = answerOf(evidence, SIGNATURE) && skewed(evidence);
      return told || measured || ofKind(evidence, 'clock') ? clock(evidence.subject) : undefined;
    },
  },
  {
    code: 'signed-for-another-region',
    rows: [5],
    find: (evidence) => {
      if (!answerOf(evidence, SIGNATURE, /scoped to a valid region|scoped to correct service/i)) return undefined;
      const { region, endpoints } = evidence.subject;
      const endpoint = endpoints[serviceOf(operationOf(evidence) ?? '')];
      return {
        title: 'The endpoint belongs to another region',
        explanation: `Requests are signed for ${region}, but the endpoint that answered serves another region${endpoint ? `: ${endpoint} is configured for it` : ''}.`,
        fixes: [setting('Region', 'Choose the region in which the key is.'), seeEndpoints],
      };
    },
  },
  {
    code: 'secret-key-wrong',
    rows: [2],
    find: (evidence) => (answerOf(evidence, SIGNATURE) ? wrongSecret(evidence.subject) : undefined),
  },
  {
    code: 'access-key-unknown',
    rows: [1, 10],
    find: (evidence) =>
      answerOf(evidence, ['InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidAccessKeyId'])
        ? unknownKey(evidence.subject)
        : undefined,
  },
  {
    code: 'credentials-expired',
    rows: [3],
    find: (evidence) =>
      answerOf(evidence, ['ExpiredToken', 'ExpiredTokenException']) && operationOf(evidence) !== WEB_IDENTITY
        ? {
            title: 'The credentials have expired',
            explanation: 'Temporary credentials end at a fixed time, and theirs has passed.',
            fixes: renewal(evidence.subject),
          }
        : undefined,
  },
  {
    code: 'region-disabled',
    rows: [41],
    find: (evidence) =>
      answerOf(evidence, ['RegionDisabledException'])
        ? {
            title: `Region ${evidence.subject.region} is not enabled for this account`,
            explanation: 'STS gives out no sessions in a region that the account has not enabled.',
            fixes: [
              command('Enable the region', shell`aws account enable-region --region-name ${evidence.subject.region}`),
              setting('Region', 'Or choose a key in a region that is enabled.'),
            ],
          }
        : undefined,
  },
];
