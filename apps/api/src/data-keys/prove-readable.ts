import { isDeepStrictEqual } from 'node:util';
import type { AwsKmsSpec } from '@wardline/contracts';
import type { Connector, ConnectorSettings } from '../connectors/connector.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';
import { findingDetails, type KeyFailure } from './key-failure.ts';
import type { KeySource } from './key-source.ts';

/** Whether two specs use KMS in the same way: the same key, as the same identity, from the same place. */
export function sameAccess(one: AwsKmsSpec, other: AwsKmsSpec): boolean {
  const comparable = ({ default: _, ...spec }: AwsKmsSpec) => JSON.parse(JSON.stringify(spec)) as unknown;
  return isDeepStrictEqual(comparable(one), comparable(other));
}

export interface Proving {
  readonly source: Pick<KeySource, 'whyNot'>;
  readonly storage: Pick<Storage, 'dataKeys'>;
}

/**
 * Proves that what is stored under a connector can be read with settings that it is to get: KMS decrypts one data key
 * of each KMS key that values were encrypted under. Asks nobody where nothing is stored, or where the settings use KMS
 * as before. What KMS refuses now as well, for the same lasting cause, is not made worse and stands in no one's way.
 * @returns the fingerprints of the KMS keys that values depend on.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 10 s.
 */
export async function proveReadable(
  { source, storage }: Proving,
  connector: Connector,
  settings: Pick<ConnectorSettings, 'name' | 'spec'>,
): Promise<ReadonlySet<string>> {
  const dataKeys = await storage.dataKeys.newestInUse(connector.id);
  if (!sameAccess(connector.spec, settings.spec)) {
    const { name, spec } = settings;
    const changed = { ...connector, name, spec };
    const failures = await Promise.all(
      dataKeys.map((dataKey) =>
        newFailure(
          () => source.whyNot(dataKey, connector),
          () => source.whyNot(dataKey, changed),
          isSameRefusal,
        ),
      ),
    );
    const failure = failures.find((one) => one !== undefined);
    if (failure) throw wouldLose(failure, connector.name);
  }
  return new Set(dataKeys.map(({ keyFingerprint }) => keyFingerprint));
}

/** What KMS has answered about the key and the right to it. Anything else says nothing of what it would answer. */
const REFUSALS: ReadonlySet<string> = new Set([
  'region-disabled',
  'endpoint-policy',
  'key-spec',
  'key-usage',
  'key-disabled',
  'key-pending-deletion',
  'key-pending-import',
  'key-store-unavailable',
  'key-state',
  'key-not-found',
  'wrong-key',
  'key-policy-deny',
  'explicit-deny',
  'key-other-account',
  'iam-not-allowed',
  'key-policy-not-allowed',
  'decrypt-not-allowed',
  'kms-access-denied',
  'ciphertext-refused',
]);

/**
 * Whether KMS refuses for the same cause after a change as before. Where it could not be asked, as without a delegate,
 * that is no cause of its own: once the delegate is back, the values could be read before, and not after.
 */
export const isSameRefusal = (before: string, after: string): boolean => before === after && REFUSALS.has(before);

/**
 * Why a data key could be decrypted so far, as far as one can tell, and not with a change.
 * @param isNoWorse whether something that fails in one way lastingly may as well fail in the other.
 */
export async function newFailure(
  before: () => Promise<KeyFailure | undefined>,
  after: () => Promise<KeyFailure | undefined>,
  isNoWorse: (before: string, after: string) => boolean,
): Promise<KeyFailure | undefined> {
  const failure = await after();
  if (!failure || failure.temporary) return failure;
  const former = await before();
  const known = former && !former.temporary && isNoWorse(former.finding.code, failure.finding.code);
  return known ? undefined : failure;
}

function wouldLose(failure: KeyFailure, connector: string): WardlineError {
  const { hints, ...details } = findingDetails(failure);
  return new WardlineError(
    failure.code,
    `With these settings, secrets that are stored under “${connector}” could not be read: ${failure.finding.title}. Nothing was changed.`,
    {
      ...details,
      hints: [
        'Let the new settings decrypt with the KMS key that the secrets were stored under, or move the secrets to another secret manager first.',
        ...hints,
      ],
    },
  );
}
