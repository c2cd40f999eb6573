import type { AwsKmsSpec } from '@wardline/contracts';
import type { RequestAccess } from '../access/request-access.ts';
import type { Place } from '../db/scope-columns.ts';
import { addressOf } from './built-in-manager.ts';
import { secretFields } from './check-credential-secrets.ts';

/**
 * Handing a secret to a connector uses its value, so it takes the right to: else whoever may edit connectors could
 * use every credential there is. A reference that the connector had before was allowed to whoever put it there.
 * @param before what the connector was, when it is changed.
 * @throws WardlineError NG_ACCESS_DENIED
 */
export function requireSecretAccess(
  access: RequestAccess,
  { place, spec }: { readonly place: Place; readonly spec: AwsKmsSpec },
  before?: AwsKmsSpec,
): void {
  const known = new Set(before && secretFields(before).map(({ reference }) => reference));
  for (const { reference } of secretFields(spec)) {
    const address = known.has(reference) ? undefined : addressOf(reference, place);
    if (address) access.require('core_secret_access', address.place);
  }
}
