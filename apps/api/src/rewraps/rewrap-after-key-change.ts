import { type AwsKmsSpec, formatReference, scopeLevel } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Stores } from '../stores.ts';
import { newRewrap } from './new-rewrap.ts';
import { rewrapEntry } from './rewrap-entry.ts';
import type { RewrapEnd } from './stored-rewrap.ts';

type KeySettings = Pick<AwsKmsSpec, 'kmsArn' | 'kmsArnInPlainText' | 'region'>;

/** Whether a change of settings names another KMS key. */
function namesAnotherKey(before: KeySettings, after: KeySettings): boolean {
  return (
    before.kmsArn !== after.kmsArn ||
    before.kmsArnInPlainText !== after.kmsArnInPlainText ||
    before.region !== after.region
  );
}

/** {@link rewrapUnderNewKey} where a change of settings names another key. @returns what is to be recorded. */
export async function rewrapAfterKeyChange(
  stores: Pick<Stores, 'rewraps'>,
  actor: Actor,
  before: Connector,
  after: Connector,
  now: string,
): Promise<AuditEntry[]> {
  return namesAnotherKey(before.spec, after.spec) ? rewrapUnderNewKey(stores, actor, after, now) : [];
}

/**
 * Begins to encrypt what a connector keeps under the key that it has from now on; in the transaction that changes it.
 * Until each secret has had its turn, it is read with the key that wrote it. One that ran for the key before is over.
 * @returns what is to be recorded; nothing where nothing is kept under it.
 */
export async function rewrapUnderNewKey(
  stores: Pick<Stores, 'rewraps'>,
  actor: Actor,
  after: Connector,
  now: string,
): Promise<AuditEntry[]> {
  const { rewraps } = stores;
  const entries: AuditEntry[] = [];
  for (const running of await rewraps.running()) {
    if (running.from.connectorId !== after.id) continue;
    // Its secrets are on their way to another manager: the key of this one is none of theirs.
    if (running.to.connectorId !== after.id) return [];
    const ended = await rewraps.end(running.id, 'cancelled', now);
    if (ended) entries.push(rewrapEntry(ended, 'cancelled'));
  }
  const end: RewrapEnd = { connectorId: after.id, reference: referenceTo(after), name: after.name };
  const about = { cause: 'key-changed', place: after.place, from: end, to: end, identifiers: undefined } as const;
  if ((await rewraps.count(about)) === 0) return entries;
  return [...entries, rewrapEntry(await newRewrap(stores, actor, about, now), 'started')];
}

/** How whatever may use a connector refers to it, from whichever scope. */
function referenceTo({ place, identifier }: Pick<Connector, 'place' | 'identifier'>): string {
  return formatReference({ level: scopeLevel(place), identifier });
}
