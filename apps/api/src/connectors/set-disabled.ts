import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { WardlineError } from '../wardline-error.ts';
import { connectorResource } from './audited-connector.ts';
import { type Connector, later } from './connector.ts';

/**
 * Disables a connector, or enables it again. While it is disabled nothing is written under it and none of its values
 * is read, by whichever process; nothing is deleted. Doing it twice changes nothing, and is on no record.
 * @throws WardlineError CONNECTOR_NOT_FOUND_EXCEPTION
 */
export async function setConnectorDisabled(
  { storage, now }: Pick<Deps, 'storage' | 'now'>,
  { actor }: Pick<Caller, 'actor'>,
  { place, identifier }: { readonly place: Place; readonly identifier: string },
  disabled: boolean,
): Promise<Connector> {
  refuseBuiltInManager(identifier, 'changed');
  let found: Connector | undefined;
  const changed = await storage.changeIf(actor, async ({ connectors }) => {
    found = await connectors.findForChange(place, identifier);
    if (!found || found.disabled === disabled) return undefined;
    const result = await connectors.setDisabled(found, disabled, later(now(), found.revisedAt));
    const states = { before: { disabled: found.disabled }, after: { disabled } };
    return { result, audit: { action: 'UPDATE', ...connectorResource(result), ...states } };
  });
  const connector = changed ?? found;
  if (connector) return connector;
  throw new WardlineError(
    'CONNECTOR_NOT_FOUND_EXCEPTION',
    `There is no connector with the ID “${identifier}” at ${describePlace(place)}.`,
  );
}
