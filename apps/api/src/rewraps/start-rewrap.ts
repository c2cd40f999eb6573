import type { Rewrap, Scope } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import type { DataKeys } from '../data-keys/data-keys.ts';
import { describePlace, samePlace, scopeAndParents } from '../http/scope.ts';
import { invalidFields } from '../plugins/errors.ts';
import { WardlineError } from '../wardline-error.ts';
import { type ManagerEnd, managerEnd } from './manager-end.ts';
import { newRewrap } from './new-rewrap.ts';
import { rewrapEntry } from './rewrap-entry.ts';
import { type RewrapEnd, toRewrap } from './stored-rewrap.ts';

interface RewrapWish {
  readonly from: string;
  readonly to: string;
  readonly identifiers?: readonly string[] | null | undefined;
}

/**
 * Begins to encrypt the secrets of a manager anew: under another manager, which keeps them from then on, or under the
 * present key of the same one. The manager is asked for its key first, so that nothing begins that can't go on.
 * @throws WardlineError INVALID_REQUEST for managers that there are not, that are disabled, or a rewrap that runs;
 *   NG_ACCESS_DENIED; KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding.
 */
export async function startRewrap(
  deps: Pick<Deps, 'storage' | 'now'> & { readonly dataKeys: Pick<DataKeys, 'forSealing'> },
  { actor, access }: Caller,
  place: Scope,
  wish: RewrapWish,
): Promise<Rewrap> {
  const { storage, now, dataKeys } = deps;
  const from = await managerEnd(storage, place, 'from', wish.from);
  const to = await managerEnd(storage, place, 'to', wish.to);
  // All secrets of a connector, in whatever scope below it; only some are of the scope that was named.
  const identifiers = wish.identifiers ?? undefined;
  access.require('core_secret_edit', identifiers ? place : from.place);
  if (to.connector) access.require('core_connector_access', to.place);
  refuseEnds(from, to);
  if (!identifiers) refuseUnreachable(from, to);
  if (to.connector) await dataKeys.forSealing(to.connector, 0, () => {});

  const about = { cause: 'requested', place, from: endOf(from), to: endOf(to), identifiers } as const;
  const rewrap = await storage.change(actor, async (stores) => {
    const running = await stores.rewraps.running();
    if (running.some(({ from: other }) => other.connectorId === from.connectorId)) throw alreadyRunning(from);
    const result = await newRewrap(stores, actor, about, now().toISOString());
    return { result, audit: rewrapEntry(result, 'started') };
  });
  return toRewrap(rewrap, []);
}

const endOf = ({ connectorId, reference, name }: ManagerEnd): RewrapEnd => ({ connectorId, reference, name });

function refuseEnds(from: ManagerEnd, to: ManagerEnd): void {
  for (const [fieldId, end] of Object.entries({ from, to })) {
    if (!end.connector?.disabled) continue;
    const error = `The secret manager “${end.name}” is disabled: nothing is written to it or read from it. Enable the connector first.`;
    throw invalidFields([{ fieldId, error }]);
  }
  if (from.connectorId !== null || to.connectorId !== null) return;
  const error = 'The built-in secret manager has one key, the master key. Name a connector to move the secrets to.';
  throw invalidFields([{ fieldId: 'to', error }]);
}

/** All secrets of a connector may be of any scope below it: whatever keeps them then has to be seen from each. */
function refuseUnreachable(from: ManagerEnd, to: ManagerEnd): void {
  if (!to.connector || scopeAndParents(from.place).some((place) => samePlace(place, to.place))) return;
  const error = `“${to.name}” can't be used from ${describePlace(from.place)}, where “${from.name}” and secrets of it are. Name a secret manager of that scope or of one above it, or only some secrets of this scope.`;
  throw invalidFields([{ fieldId: 'to', error }]);
}

function alreadyRunning({ name }: ManagerEnd): WardlineError {
  return new WardlineError('INVALID_REQUEST', `Secrets of “${name}” are being encrypted anew already.`, {
    hints: ['Wait for the end of that rewrap, or cancel it.'],
  });
}
