import { STS_DURATION } from '@wardline/contracts';
import type { Evidence, SettingProblem, Subject } from './evidence.ts';
import { setting } from './fixes.ts';
import { replicaFixes } from './replicas.ts';
import { answerOf, type FindingText, ofKind, type Rule } from './rule.ts';

type ProblemOf<P extends SettingProblem['problem']> = Extract<SettingProblem, { problem: P }>;

function settingRule<P extends SettingProblem['problem']>(
  problem: P,
  rows: readonly number[],
  build: (found: ProblemOf<P>, subject: Subject) => FindingText,
): Rule {
  const is = (found: SettingProblem): found is ProblemOf<P> => found.problem === problem;
  return {
    code: problem,
    rows,
    find: (evidence) => {
      const found = ofKind(evidence, 'setting');
      return found && is(found) ? build(found, evidence.subject) : undefined;
    },
  };
}

const roleField = ({ credential }: Subject): string =>
  credential.type === 'OidcAuthentication' ? 'IAM Role' : 'Role ARN';

const malformedRole = (subject: Subject): FindingText => ({
  title: 'This is not the ARN of a role',
  explanation: `The ARN of a role looks like arn:${subject.partition}:iam::ACCOUNT_ID:role/ROLE_NAME. An assumed-role or user ARN, or a bare role name, cannot be assumed.`,
  fixes: [
    setting(roleField(subject), `Enter the full ARN of the role, path included, in partition ${subject.partition}.`),
  ],
});

const malformedExternalId = (): FindingText => ({
  title: 'The external ID has a form that AWS refuses',
  explanation: 'AWS takes 2 to 1224 characters: letters, digits and _ + = , . @ : / -',
  fixes: [
    setting('External ID', 'Enter the external ID exactly as the trust policy of the role has it, without quotes.'),
  ],
});

const outOfRange = (): FindingText => ({
  title: 'The session duration is outside what AWS allows',
  explanation: `A role can be assumed for ${STS_DURATION.min} to ${STS_DURATION.max} seconds; by another role, such as that of a host, for ${STS_DURATION.chainedMax} at most.`,
  fixes: [
    setting('Assume Role Duration (seconds)', `Enter ${STS_DURATION.min} to ${STS_DURATION.chainedMax} seconds.`),
  ],
});

const chaining = (): FindingText => ({
  title: 'A role assumed by another role lasts one hour at most',
  explanation:
    'The host already has a role; assuming a second one with it is role chaining, and AWS limits that to 3600 seconds, ' +
    'whatever the maximum session duration of the role is.',
  fixes: [setting('Assume Role Duration (seconds)', `Enter ${STS_DURATION.chainedMax} seconds or less.`)],
});

/** The same three mistakes as AWS words them, should they get past the check that runs without a network. */
const saidByAws = (
  code: string,
  rows: readonly number[],
  fragment: RegExp,
  build: (subject: Subject) => FindingText,
): Rule => ({
  code,
  rows,
  find: (evidence: Evidence) =>
    answerOf(evidence, ['ValidationError'], fragment) ? build(evidence.subject) : undefined,
});

/** Mistakes in the settings, seen here or, should they get past, by AWS. */
export const SETTING_RULES: readonly Rule[] = [
  settingRule('stray-whitespace', [2, 8], ({ field }) => ({
    title: `“${field}” contains a space or line break`,
    explanation:
      'White space copied along with a value becomes part of it; AWS then finds no such key, or signatures differ.',
    fixes: [setting(field, 'Paste the value again, without spaces or line breaks at either end.')],
  })),
  settingRule('access-key-missing', [1], ({ field }) => ({
    title: `“${field}” is empty`,
    explanation: 'The secret that this field refers to has an empty value, so there is nothing to sign requests with.',
    fixes: [setting(field, 'Replace the value of the secret, or choose another secret.')],
  })),
  settingRule('access-key-id-malformed', [1, 2], ({ swapped }) => ({
    title: swapped ? 'Access key ID and secret access key are swapped' : '“AWS Access Key ID” is not an access key ID',
    explanation:
      'An access key ID begins with AKIA or ASIA and has only capital letters and digits. ' +
      (swapped
        ? 'What stands in “AWS Secret Access Key” is one; what stands in “AWS Access Key ID” is none.'
        : 'What stands there is none. If it is the secret access key, it belongs into the other field.') +
      ' It is treated as a secret and shown nowhere.',
    fixes: [
      setting('AWS Access Key ID', 'Replace its value with the access key ID, or choose the secret that holds it.'),
      setting('AWS Secret Access Key', 'Replace its value with the secret access key of the same access key ID.'),
    ],
  })),
  settingRule('key-arn-malformed', [8, 9], (_, { partition, region }) => ({
    title: 'This is not the ARN of a KMS key',
    explanation: `A key ARN looks like arn:${partition}:kms:${region}:ACCOUNT_ID:key/KEY_ID; that of an alias ends in alias/NAME. A bare key ID or alias name says neither account nor region.`,
    fixes: [
      setting('AWS ARN', 'Copy the ARN from the page of the key in the AWS console (KMS, Customer managed keys).'),
    ],
  })),
  settingRule('region-malformed', [5, 7], (_, { region, keyArn }) => ({
    title: `“${region}” is not the name of a region`,
    explanation: 'Regions look like us-east-1. The name of an availability zone, such as us-east-1a, is not one.',
    fixes: [setting('Region', `Choose the region that stands in the key ARN (${keyArn}).`)],
  })),
  settingRule('region-mismatch', [6, 7], ({ arnRegion }, { region, keyArn }) => ({
    title: `The key is in ${arnRegion}, the region is set to ${region}`,
    explanation:
      'A KMS key can be used only in its own region. Asked in another one, AWS answers that the ARN is invalid.',
    fixes: [
      setting('Region', `Choose ${arnRegion}, or enter the ARN of a key in ${region}.`),
      ...replicaFixes(keyArn, arnRegion, region),
    ],
  })),
  settingRule('partition-mismatch', [10], ({ field, found, expected }, { region }) => ({
    title: `“${field}” belongs to partition ${found}, region ${region} to ${expected}`,
    explanation:
      'Partitions (aws, aws-cn, aws-us-gov, …) are separate: keys, roles and credentials of one do not exist in another.',
    fixes: [
      setting(field, `Enter an ARN that begins with arn:${expected}:, or choose a region of partition ${found}.`),
    ],
  })),
  settingRule('role-arn-malformed', [31], (_, subject) => malformedRole(subject)),
  settingRule('external-id-malformed', [30], malformedExternalId),
  settingRule('duration-out-of-range', [32], outOfRange),
  settingRule('duration-role-chaining', [34], chaining),
  saidByAws('duration-role-chaining', [34], /role chaining/i, chaining),
  saidByAws('duration-out-of-range', [32], /durationSeconds' failed/i, outOfRange),
  saidByAws('external-id-malformed', [30], /externalId/i, malformedExternalId),
  saidByAws('role-arn-malformed', [31], /is invalid|roleArn/i, malformedRole),
];
