import { parseKmsArn } from '@wardline/contracts';
import { PLACEHOLDERS } from '../policies/index.ts';
import { readableTime } from '../readable-time.ts';
import type { Evidence, Subject } from './evidence.ts';
import { command, kmsCommand, setting, shell } from './fixes.ts';
import { replicaFixes } from './replicas.ts';
import { answerOf, type FindingText, ofKind, type Rule } from './rule.ts';
import { keyAccount } from './subject.ts';

/** A state as DescribeKey names it, or as the message of a cryptographic call words it. */
function inState(evidence: Evidence, state: string, wording: RegExp): boolean {
  const key = ofKind(evidence, 'key');
  if (key?.problem === 'state') return key.state === state;
  return answerOf(evidence, ['KMSInvalidStateException', 'DisabledException'], wording) !== undefined;
}

const stateRule = (
  code: string,
  row: number,
  state: string,
  wording: RegExp,
  build: (subject: Subject, evidence: Evidence) => FindingText,
): Rule => ({
  code,
  rows: [row],
  find: (evidence) => (inState(evidence, state, wording) ? build(evidence.subject, evidence) : undefined),
});

const symmetricKey = (subject: Subject) => [
  setting(
    'AWS ARN',
    'Enter the ARN of a symmetric encryption key (key spec SYMMETRIC_DEFAULT, usage ENCRYPT_DECRYPT).',
  ),
  command(
    'Or create such a key',
    shell`aws kms create-key --region ${subject.region} --key-spec SYMMETRIC_DEFAULT --key-usage ENCRYPT_DECRYPT --description "Wardline secrets"`,
  ),
];

const enable = (subject: Subject) => command('Enable the key', kmsCommand(subject, 'enable-key'), subject.keyArn);

/** Keys that exist and cannot be used now. */
export const KEY_STATE_RULES: readonly Rule[] = [
  stateRule('key-disabled', 14, 'Disabled', /is disabled/i, (subject) => ({
    title: 'The key is disabled',
    explanation: 'A disabled key can be described but neither encrypts nor decrypts.',
    fixes: [enable(subject), setting('AWS ARN', 'Or enter the ARN of another key.')],
  })),
  stateRule('key-pending-deletion', 15, 'PendingDeletion', /pending (replica )?deletion/i, (subject, { failure }) => ({
    title: 'The key is about to be deleted',
    explanation: `The key waits for its deletion${
      failure.kind === 'key' && failure.problem === 'state' && failure.deletionDate
        ? ` on ${readableTime(failure.deletionDate)}`
        : ''
    } and can no longer be used. Everything encrypted under it is lost once it is gone. Cancelling leaves it disabled, so it must be enabled afterwards.`,
    fixes: [
      command('First cancel the deletion', kmsCommand(subject, 'cancel-key-deletion'), subject.keyArn),
      { ...enable(subject), title: 'Then enable the key' },
      setting('AWS ARN', 'Or, where the key is meant to go, enter the ARN of another key.'),
    ],
  })),
  stateRule('key-pending-import', 16, 'PendingImport', /pending import/i, (subject) => ({
    title: 'The key has no key material',
    explanation: 'The material of this key comes from outside AWS, and it has not been imported or has expired.',
    fixes: [
      command(
        'Get the wrapping key and the import token, then import the material with aws kms import-key-material',
        kmsCommand(
          subject,
          'get-parameters-for-import',
          ' --wrapping-algorithm RSAES_OAEP_SHA_256 --wrapping-key-spec RSA_4096',
        ),
        subject.keyArn,
      ),
    ],
  })),
  stateRule('key-store-unavailable', 17, 'Unavailable', /is unavailable/i, (subject) => ({
    title: 'The key store of this key is not connected',
    explanation: 'The key lives in a custom key store (CloudHSM or external), and AWS cannot reach it.',
    fixes: [
      command(
        'See the key stores and their state',
        shell`aws kms describe-custom-key-stores --region ${subject.region}`,
      ),
      command(
        'Connect the key store',
        shell`aws kms connect-custom-key-store --region ${subject.region} --custom-key-store-id KEY_STORE_ID`,
      ),
    ],
  })),
  {
    code: 'key-state',
    rows: [15],
    find: (evidence) => {
      const key = ofKind(evidence, 'key');
      const state = key?.problem === 'state' ? key.state : undefined;
      if (!state && !answerOf(evidence, ['KMSInvalidStateException'])) return undefined;
      return {
        title: 'The key cannot be used in its present state',
        explanation: `The key is in state ${state ?? 'unknown'}. A key that is being created or updated becomes usable by itself.`,
        fixes: [command('Look at the key', kmsCommand(evidence.subject, 'describe-key'), evidence.subject.keyArn)],
      };
    },
  },
];

/** Keys that are not for symmetric encryption. */
export const KEY_KIND_RULES: readonly Rule[] = [
  {
    code: 'key-spec',
    rows: [19],
    find: (evidence) => {
      const key = ofKind(evidence, 'key');
      if (key?.problem !== 'spec' && !answerOf(evidence, ['InvalidKeyUsageException'], /incompatible with key spec/i))
        return undefined;
      const spec = key?.problem === 'spec' ? ` (${key.spec})` : '';
      return {
        title: 'The key is not symmetric',
        explanation: `Data keys are made under a symmetric encryption key; this one has another key spec${spec}. A key spec cannot be changed.`,
        fixes: symmetricKey(evidence.subject),
      };
    },
  },
  {
    code: 'key-usage',
    rows: [18],
    find: (evidence) => {
      const key = ofKind(evidence, 'key');
      if (key?.problem !== 'usage' && !answerOf(evidence, ['InvalidKeyUsageException'])) return undefined;
      const usage = key?.problem === 'usage' ? ` (${key.usage})` : '';
      return {
        title: 'The key is not for encryption',
        explanation: `Its usage${usage} is signing, message authentication or key agreement. The usage of a key cannot be changed.`,
        fixes: symmetricKey(evidence.subject),
      };
    },
  },
];

/** ARNs that name no key, or another one. */
export const KEY_NOT_FOUND_RULES: readonly Rule[] = [
  {
    code: 'alias-not-found',
    rows: [12],
    find: (evidence) => {
      if (!answerOf(evidence, ['NotFoundException'], /^Alias /i)) return undefined;
      const { subject } = evidence;
      return {
        title: 'There is no such alias',
        explanation: `${subject.keyArn} points to no key: account ${keyAccount(subject) ?? 'of the ARN'} has no such alias in ${subject.region}. The name of an alias is case-sensitive.`,
        fixes: [
          command('List the aliases, as that account', shell`aws kms list-aliases --region ${subject.region}`),
          command(
            'Or create the alias, as that account',
            shell`aws kms create-alias --region ${subject.region} --alias-name alias/${parseKmsArn(subject.keyArn)?.id ?? 'NAME'} --target-key-id ${PLACEHOLDERS.keyId}`,
          ),
          setting('AWS ARN', 'Enter the ARN of the key itself, which works across accounts too.'),
        ],
      };
    },
  },
  {
    code: 'key-arn-refused',
    rows: [6, 8, 9, 10],
    find: (evidence) => {
      const refused =
        answerOf(evidence, ['InvalidArnException']) ??
        answerOf(evidence, ['NotFoundException'], /^Invalid (arn|keyId)/i);
      if (!refused) return undefined;
      const { region } = evidence.subject;
      return {
        title: 'AWS does not accept this key ARN',
        explanation: `KMS in ${region} answered “${refused.message}”. The ARN has a mistake, or belongs to another region or partition.`,
        fixes: [
          setting('AWS ARN', 'Copy the ARN from the page of the key in the AWS console.'),
          setting('Region', 'Choose the region that stands in the ARN.'),
        ],
      };
    },
  },
  {
    code: 'key-not-found',
    rows: [7, 11],
    find: (evidence) => {
      if (!answerOf(evidence, ['NotFoundException'])) return undefined;
      const { subject } = evidence;
      return {
        title: 'There is no such key',
        explanation: `${subject.keyArn} does not exist in ${subject.region}. A key that was just created can take some seconds to be found everywhere.`,
        fixes: [
          command('List the keys, as the account in the ARN', shell`aws kms list-keys --region ${subject.region}`),
          ...replicaFixes(subject.keyArn, 'PRIMARY_REGION', subject.region),
          setting('AWS ARN', 'Correct the ARN; account, region and key ID all have to match.'),
        ],
      };
    },
  },
  {
    code: 'wrong-key',
    rows: [25],
    find: (evidence) => {
      const key = ofKind(evidence, 'key');
      if (key?.problem !== 'other-key' && !answerOf(evidence, ['IncorrectKeyException'])) return undefined;
      const { subject } = evidence;
      return {
        title: 'Another key answered than the one that was named',
        explanation: `${key?.problem === 'other-key' ? `Asked for the configured key, KMS described ${key.found}.` : `The ciphertext was not made under ${subject.keyArn}.`} An alias may have been moved, or an endpoint leads elsewhere.`,
        fixes: [
          setting('AWS ARN', 'Enter the ARN of the key itself in place of an alias.'),
          command('Look at the key', kmsCommand(subject, 'describe-key')),
        ],
      };
    },
  },
];
