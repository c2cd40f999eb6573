import type { Connector } from '../connectors/connector.ts';
import type { NewValue } from '../secrets/read-secret-values.ts';
import { WardlineError } from '../wardline-error.ts';
import { findingDetails, type KeyFailure } from './key-failure.ts';
import { LONE_HALF } from './other-half.ts';
import { isSameRefusal, newFailure, type Proving } from './prove-readable.ts';

/** With these there is nothing to sign in with: the access key is not one, or one half of it is not there. */
const NO_CREDENTIALS: ReadonlySet<string> = new Set([...LONE_HALF, 'secret-not-available', 'secret-not-decryptable']);

/** What may have been before that. Of a new value it is a slip, which is told at once. */
const NO_LONGER: ReadonlySet<string> = new Set([
  'credentials-expired',
  'access-key-missing',
  'access-key-id-malformed',
  'stray-whitespace',
]);

const isNoWorse = (before: string, after: string): boolean =>
  isSameRefusal(before, after) || (NO_CREDENTIALS.has(after) && (NO_CREDENTIALS.has(before) || NO_LONGER.has(before)));

/** What is known of a connector of which a secret is to have another value. */
export interface NewValueProof {
  /** Fingerprints of the KMS keys that what is stored under it depends on. */
  readonly fingerprints: ReadonlySet<string>;
  /** The code of the finding where the value is half of an access key that does not fit the other half yet. */
  readonly unproven: string | undefined;
}

/** Whether half of an access key that does not fit the other half is refused, or may be completed afterwards. */
export type LoneHalf = 'refused' | 'accepted';

/**
 * Proves that what is stored under a connector can be read once one of its secrets has another value: KMS decrypts one
 * data key of each KMS key that values were encrypted under. Asks nobody where nothing is stored.
 *
 * One half of an access key never works with the other half of another one. Programs such as Terraform replace both, one
 * after the other, so that the first is to be accepted: nothing is lost by it, but nothing can be read until the second
 * comes. For a person it is refused as long as the present key works, since there is a way without such a moment: two new
 * secrets which the connector is told to use, and that is proven as a whole. Where AWS does not take the present key any
 * more, as one that leaked and was deleted at once, nothing is made worse by either.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 10 s.
 */
export async function proveNewValue(
  { source, storage }: Proving,
  connector: Connector,
  newValue: NewValue,
  loneHalf: LoneHalf,
): Promise<NewValueProof> {
  const dataKeys = await storage.dataKeys.newestInUse(connector.id);
  const failures = await Promise.all(
    dataKeys.map((dataKey) =>
      newFailure(
        () => source.whyNot(dataKey, connector),
        () => source.whyNot(dataKey, connector, newValue),
        isNoWorse,
      ),
    ),
  );
  const found = failures.filter((one) => one !== undefined);
  const isLone = ({ finding }: KeyFailure): boolean => loneHalf === 'accepted' && LONE_HALF.has(finding.code);
  const failure = found.find((one) => !isLone(one));
  if (failure) throw wouldLose(failure, connector);
  return {
    fingerprints: new Set(dataKeys.map(({ keyFingerprint }) => keyFingerprint)),
    unproven: found[0]?.finding.code,
  };
}

function wouldLose(failure: KeyFailure, { name }: Connector): WardlineError {
  const { hints, ...details } = findingDetails(failure);
  const way = NO_CREDENTIALS.has(failure.finding.code) ? [twoNewSecrets(name)] : [];
  return new WardlineError(
    failure.code,
    `With this value, secrets that are stored under “${name}” could not be read: ${failure.finding.title}. Nothing was stored.`,
    { ...details, hints: [...way, ...hints] },
  );
}

const twoNewSecrets = (connector: string): string =>
  'To replace an access key, whose two halves work only together: create two new secrets with the halves of the new key, ' +
  `choose them in the connector “${connector}”, and delete the old ones afterwards. Until then everything is read with the old key.`;
