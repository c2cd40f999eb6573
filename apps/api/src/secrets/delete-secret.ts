import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { describePlace } from '../http/scope.ts';
import { refuseIfUsed } from '../usage/refuse-if-used.ts';
import { WardlineError } from '../wardline-error.ts';
import { auditedSecret, secretResource } from './audited-secret.ts';
import type { SecretAddress } from './store.ts';

/**
 * Deletes a secret that nothing uses, with its value.
 * @throws WardlineError ENTITY_NOT_FOUND, or ENTITY_REFERENCE_EXCEPTION when something uses it.
 */
export async function deleteSecret(
  { storage }: Pick<Deps, 'storage'>,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
): Promise<void> {
  await storage.change(actor, async ({ secrets, usage }) => {
    const secret = await secrets.findForChange(address);
    if (!secret) {
      throw new WardlineError(
        'ENTITY_NOT_FOUND',
        `There is no secret with the ID “${address.identifier}” at ${describePlace(address.place)}.`,
      );
    }
    const key = { kind: 'secret', id: secret.id, identifier: secret.identifier } as const;
    await refuseIfUsed(usage, key);
    await usage.removeAllOf(key);
    await secrets.remove(secret);
    const before = auditedSecret(secret);
    return { result: undefined, audit: { action: 'DELETE', ...secretResource(secret), before } };
  });
}
