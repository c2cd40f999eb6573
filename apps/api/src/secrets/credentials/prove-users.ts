import type { MasterKey } from '@wardline/envelope';
import type { Deps } from '../../app.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { DataKeys } from '../../data-keys/data-keys.ts';
import type { LoneHalf, NewValueProof } from '../../data-keys/prove-new-value.ts';
import type { ConnectorUse } from '../../usage/store.ts';
import { openText } from '../sealed-value.ts';
import type { Secret } from '../secret.ts';

export interface ProveUsersDeps extends Pick<Deps, 'storage' | 'config'> {
  readonly masterKey: MasterKey;
  readonly dataKeys: Pick<DataKeys, 'proveNewValue'>;
}

/** The connectors that name a secret, and what was proven about each. */
export interface ProvenUsers {
  readonly uses: readonly ConnectorUse[];
  readonly connectors: readonly ProvenUser[];
  /** Whether they get another value than they had. */
  readonly differs: boolean;
}

interface ProvenUser {
  /** As it was when it was proven. */
  readonly connector: Connector;
  readonly proof: NewValueProof;
}

export const NO_USERS: ProvenUsers = { uses: [], connectors: [], differs: true };

/** How many connectors ask KMS at a time. */
const AT_ONCE = 8;

/**
 * Proves that each connector which names a secret could read what is stored under it if the secret had this value.
 * Before the transaction that stores it, which looks whether the proof still holds.
 * @param newValueOf is called where a connector names the secret.
 * @param loneHalf what becomes of half of an access key that does not fit the other half.
 * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, naming the connector.
 */
export async function proveUsers(
  deps: ProveUsersDeps,
  secret: Secret,
  newValueOf: () => string | Promise<string>,
  loneHalf: LoneHalf,
): Promise<ProvenUsers> {
  const { storage, dataKeys } = deps;
  const uses = await storage.usage.inConnectors(secret.id);
  if (uses.length === 0) return NO_USERS;
  const value = await newValueOf();
  const differs = value !== (await presentValue(deps, secret));
  const connectors: ProvenUser[] = [];
  const ids = [...new Set(uses.map(({ connectorId }) => connectorId))];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const proving = ids.slice(from, from + AT_ONCE).map(async (id): Promise<ProvenUser[]> => {
      const connector = await storage.connectors.findById(id);
      // Deleted since: the transaction finds out.
      if (!connector) return [];
      const newValue = { secretId: secret.id, value };
      return [{ connector, proof: differs ? await dataKeys.proveNewValue(connector, newValue, loneHalf) : NOTHING }];
    });
    connectors.push(...(await Promise.all(proving)).flat());
  }
  return { uses, connectors, differs };
}

const NOTHING: NewValueProof = { fingerprints: new Set(), unproven: undefined };

/** What the secret has now; undefined where that can't be decrypted, or is no value. What connectors name is a built-in secret. */
async function presentValue(
  { storage, masterKey, config }: ProveUsersDeps,
  secret: Secret,
): Promise<string | undefined> {
  const stored = await storage.secretValues.find(secret.value.id);
  try {
    return stored && openText(masterKey, config.accountId, secret, stored);
  } catch {
    return undefined;
  }
}
