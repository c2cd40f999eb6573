import type { Connector } from '../connectors/connector.ts';
import type { KeyFailure } from './key-failure.ts';

/** What AWS says of an access key whose halves are of two keys, or that it does not know yet. */
export const LONE_HALF: ReadonlySet<string> = new Set(['access-key-unknown', 'secret-key-wrong']);

/**
 * How long after a secret of a connector got another value its access key may still become whole, in milliseconds: a
 * tool stores the two halves one after the other, or at once, and AWS takes seconds to know a new key everywhere
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency).
 */
const BECOMES_WHOLE_MS = 10_000;

/** Whether a failure may pass with the other half of an access key, of which one half was replaced a moment ago. */
export function awaitsOtherHalf(
  { valuesChangedAt }: Pick<Connector, 'valuesChangedAt'>,
  { finding }: KeyFailure,
  now: Date,
): boolean {
  return (
    valuesChangedAt !== null &&
    LONE_HALF.has(finding.code) &&
    now.getTime() - Date.parse(valuesChangedAt) < BECOMES_WHOLE_MS
  );
}
