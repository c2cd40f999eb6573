import type { Connector } from '../connectors/connector.ts';
import type { NewValue } from '../secrets/read-secret-values.ts';
import { WardlineError } from '../wardline-error.ts';
import { findingDetails, type KeyFailure } from './key-failure.ts';
import { newFailure, type Proving } from './prove-readable.ts';

/** With these there is nothing to sign in with: the access key is not one, or one half of it is not there. */
const NO_CREDENTIALS: ReadonlySet<string> = new Set([
  'access-key-unknown',
  'secret-key-wrong',
  'secret-not-available',
  'secret-not-decryptable',
]);

/**
 * Proves that what is stored under a connector can be read once one of its secrets has another value: KMS decrypts one
 * data key of each KMS key that values were encrypted under. Asks nobody where nothing is stored.
 *
 * One half of an access key never works with the other half of another one, so a change of one half is refused as long
 * as the present key works: the way to another key, without a moment in which nothing can be read, is that of two new
 * secrets which the connector is told to use, and that is proven as a whole. Where AWS does not take the present key any
 * more, as one that leaked and was deleted at once, nothing is made worse, and its halves can be replaced in their place.
 * @returns the fingerprints of the KMS keys that values depend on.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 10 s.
 */
export async function proveNewValue(
  { source, storage }: Proving,
  connector: Connector,
  newValue: NewValue,
): Promise<ReadonlySet<string>> {
  const dataKeys = await storage.dataKeys.newestInUse(connector.id);
  const failures = await Promise.all(
    dataKeys.map((dataKey) =>
      newFailure(
        () => source.whyNot(dataKey, connector),
        () => source.whyNot(dataKey, connector, newValue),
        (before, after) => before === after || (NO_CREDENTIALS.has(before) && NO_CREDENTIALS.has(after)),
      ),
    ),
  );
  const failure = failures.find((one) => one !== undefined);
  if (failure) throw wouldLose(failure, connector);
  return new Set(dataKeys.map(({ keyFingerprint }) => keyFingerprint));
}

function wouldLose(failure: KeyFailure, { name, spec }: Connector): WardlineError {
  const { hints, ...details } = findingDetails(failure);
  return new WardlineError(
    failure.code,
    `With this value, secrets that are stored under “${name}” could not be read: ${failure.finding.title}. Nothing was stored.`,
    { ...details, hints: [spec.credential.type === 'ManualConfig' ? twoNewSecrets(name) : OTHER_VALUE, ...hints] },
  );
}

const OTHER_VALUE = 'Enter a value with which the connector can decrypt what is stored under it.';

const twoNewSecrets = (connector: string): string =>
  'To replace an access key, whose two halves work only together: create two new secrets with the halves of the new key, ' +
  `choose them in the connector “${connector}”, and delete the old ones afterwards. Until then everything is read with the old key.`;
