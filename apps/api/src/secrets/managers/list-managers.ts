import { BUILT_IN_SECRET_MANAGER, type SecretManager } from '@wardline/contracts';
import type { Caller } from '../../access/caller.ts';
import type { Deps } from '../../app.ts';
import type { Place } from '../../db/scope-columns.ts';
import { scopeAndParents } from '../../http/scope.ts';
import { DUE_SHARE } from '../secret-response.ts';
import type { ManagerFacts } from './manager-facts-store.ts';
import { managerReference } from './manager-reference.ts';

const DAY_MS = 86_400_000;
/** More than anyone chooses from; those beyond are found in the lists of connectors. */
const MOST = 1000;

/**
 * The managers that a secret of a scope can have, the built-in one first, then by name: its own connectors and those of
 * the scopes above, as far as the caller may see or use them, with how their secrets are.
 */
export async function listManagers(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  { access }: Pick<Caller, 'access'>,
  place: Place,
): Promise<{ managers: SecretManager[]; proofDays: number }> {
  const { proofDays } = config.secrets;
  const places = scopeAndParents(place).filter(
    (one) => access.allows('core_connector_view', one) || access.allows('core_connector_access', one),
  );
  const connectors = await storage.connectors.ofPlaces(places, MOST);
  const ago = (days: number): string => new Date(now().getTime() - days * DAY_MS).toISOString();
  const ids = connectors.map(({ id }) => id);
  const before = { overdue: ago(proofDays), due: ago(proofDays * DUE_SHARE) };
  const facts = await storage.managerFacts.find(ids, before);
  const standard = await storage.connectors.findDefault(place);
  const managers = connectors.map((connector) => ({
    reference: managerReference(connector, place),
    identifier: connector.identifier,
    name: connector.name,
    kind: 'AwsKms' as const,
    orgIdentifier: connector.place.orgIdentifier ?? null,
    projectIdentifier: connector.place.projectIdentifier ?? null,
    isDefault: connector.id === standard?.id,
    disabled: connector.disabled,
    status: connector.status,
    ...toCounts(facts.get(connector.id)),
  }));
  return { managers: [builtIn(standard === undefined, facts.get(null)), ...managers], proofDays };
}

function builtIn(isDefault: boolean, facts: ManagerFacts | undefined): SecretManager {
  return {
    reference: BUILT_IN_SECRET_MANAGER,
    identifier: BUILT_IN_SECRET_MANAGER,
    name: 'Built-in Secret Manager',
    kind: 'built-in',
    orgIdentifier: null,
    projectIdentifier: null,
    isDefault,
    disabled: false,
    status: 'SUCCESS',
    ...toCounts(facts),
  };
}

function toCounts(facts: ManagerFacts | undefined) {
  const { secrets = 0, due = 0, overdue = 0, failed = 0, provenSince = null } = facts ?? {};
  return { secrets, due, overdue, failed, provenSince: provenSince === null ? null : Date.parse(provenSince) };
}
