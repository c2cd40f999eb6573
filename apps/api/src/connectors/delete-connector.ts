import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { Place } from '../db/scope-columns.ts';
import { describePlace } from '../http/scope.ts';
import { refuseBuiltInManager } from '../secrets/built-in-manager.ts';
import { refuseIfUsed } from '../usage/refuse-if-used.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedConnector, connectorResource } from './audited-connector.ts';

/**
 * Deletes a connector that nothing uses. Where it was the default, the built-in secret manager is the default again.
 * @throws WardlineError INVALID_REQUEST when there is none, ENTITY_REFERENCE_EXCEPTION when something uses it.
 */
export async function deleteConnector(
  { storage, config }: Pick<Deps, 'storage' | 'config'>,
  { actor }: Pick<Caller, 'actor'>,
  { place, identifier }: { readonly place: Place; readonly identifier: string },
): Promise<void> {
  refuseBuiltInManager(identifier, 'deleted');
  await storage.change(actor, async ({ connectors, usage }) => {
    await connectors.lockScope(place);
    const connector = await connectors.findForChange(place, identifier);
    if (!connector) {
      throw new WardlineError(
        'INVALID_REQUEST',
        `There is no connector with the ID “${identifier}” at ${describePlace(place)}.`,
      );
    }
    const key = { kind: 'connector', id: connector.id, identifier } as const;
    await refuseIfUsed(usage, key);
    await usage.removeAllOf(key);
    await connectors.remove(connector);
    const before = auditedConnector(connector, config.accountId);
    return { result: undefined, audit: { action: 'DELETE', ...connectorResource(connector), before } };
  });
}
