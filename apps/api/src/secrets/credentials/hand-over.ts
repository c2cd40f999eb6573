import type { Actor } from '../../access/principal.ts';
import type { AuditEntry } from '../../audit/audit-entry.ts';
import { type Connector, later } from '../../connectors/connector.ts';
import { rewrapUnderNewKey } from '../../rewraps/rewrap-after-key-change.ts';
import type { Stores } from '../../stores.ts';
import { Overtaken } from '../overtaken.ts';
import type { Secret } from '../secret.ts';
import type { ProvenUsers } from './prove-users.ts';

/** The field of a connector that has the ARN of its key as a secret. */
const KEY_ARN_FIELD = 'connector.spec.kmsArn';

/**
 * Keeps the connectors that name a secret from being changed, and from being written under, until the transaction ends.
 * Before the secret itself, as where a connector is changed, so that two changes never wait for each other.
 * @returns the connectors as they are.
 */
export async function lockUsers(
  { connectors }: Pick<Stores, 'connectors'>,
  { connectors: users }: ProvenUsers,
): Promise<Connector[]> {
  const locked: Connector[] = [];
  for (const { connector } of users) {
    const found = await connectors.findForChange(connector.place, connector.identifier);
    if (found) locked.push(found);
  }
  return locked;
}

interface HandedOver {
  readonly entries: readonly AuditEntry[];
  readonly details: AuditEntry['details'];
}

/**
 * Lets the connectors that name a secret go by its new value from now on, in the transaction that stores it: what any
 * process has in memory for them is fetched anew, what was encrypted before and is to be stored later is refused, their
 * connection is tested within seconds, and where the secret is the ARN of their key, what they keep is encrypted anew under
 * the key that they have now.
 * @param connectors the users, locked.
 * @throws Overtaken where the proof is about something else than what is stored by now.
 */
export async function handOver(
  stores: Pick<Stores, 'connectors' | 'usage' | 'dataKeys' | 'rewraps' | 'schedule'>,
  actor: Actor,
  { secret, users, connectors }: { secret: Secret; users: ProvenUsers; connectors: readonly Connector[] },
  now: Date,
): Promise<HandedOver | undefined> {
  const uses = await stores.usage.inConnectors(secret.id);
  if (JSON.stringify(uses) !== JSON.stringify(users.uses)) throw changedMeanwhile(secret);
  if (uses.length === 0 || !users.differs) return undefined;
  const entries: AuditEntry[] = [];
  for (const { connector, proof } of users.connectors) {
    const found = connectors.find(({ id }) => id === connector.id);
    if (found?.revisedAt !== connector.revisedAt) throw changedMeanwhile(secret);
    const used = await stores.dataKeys.newestInUse(connector.id);
    if (!used.every(({ keyFingerprint }) => proof.fingerprints.has(keyFingerprint))) throw changedMeanwhile(secret);
    const time = later(now, found.revisedAt);
    const changed = await stores.connectors.noteNewValue(found, time);
    await stores.schedule.moveTo(found.id, time);
    if (uses.some(({ connectorId, field }) => connectorId === found.id && field === KEY_ARN_FIELD)) {
      entries.push(...(await rewrapUnderNewKey(stores, actor, changed, time)));
    }
  }
  const unproven = users.connectors.find(({ proof }) => proof.unproven)?.proof.unproven;
  return { entries, details: { connectors: users.connectors.length, ...(unproven && { unproven }) } };
}

const changedMeanwhile = ({ identifier }: Secret): Overtaken =>
  new Overtaken(
    `While the new value of “${identifier}” was tried, a connector that uses it was changed, or wrote under another key. Nothing was stored. Try again.`,
  );
