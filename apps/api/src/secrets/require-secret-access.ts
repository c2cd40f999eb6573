import { type AwsKmsSpec, effectiveSelectors, requiresSelectors } from '@wardline/contracts';
import type { RequestAccess } from '../access/request-access.ts';
import type { Place } from '../db/scope-columns.ts';
import { addressOf } from './built-in-manager.ts';
import { secretFields } from './check-credential-secrets.ts';

/**
 * Handing a secret to a connector uses its value, so it takes the right to: else whoever may edit connectors could
 * use every credential there is. A reference that the connector had before was allowed to whoever put it there: in that
 * field, and for those who run the connector, since they get the value.
 * @param before what the connector was, when it is changed.
 * @throws WardlineError NG_ACCESS_DENIED
 */
export function requireSecretAccess(
  access: RequestAccess,
  { place, spec }: { readonly place: Place; readonly spec: AwsKmsSpec },
  before?: AwsKmsSpec,
): void {
  const kept = before && whoRuns(before) === whoRuns(spec) ? secretFields(before) : [];
  const known = new Set(kept.map(({ field, reference }) => `${field} ${reference}`));
  for (const { field, reference } of secretFields(spec)) {
    const address = known.has(`${field} ${reference}`) ? undefined : addressOf(reference, place);
    if (address) access.require('core_secret_access', address.place);
  }
}

/** On which delegates a connector's tasks run, if on any, as text to compare. */
function whoRuns(spec: AwsKmsSpec): string {
  const onDelegate = spec.executeOnDelegate || requiresSelectors(spec.credential.type);
  return JSON.stringify([onDelegate, [...new Set(effectiveSelectors(spec))].sort()]);
}
