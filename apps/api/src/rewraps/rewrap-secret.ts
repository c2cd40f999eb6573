import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import { systemActor } from '../access/principal.ts';
import { describePlace } from '../http/scope.ts';
import { auditedSecret, secretResource } from '../secrets/audited-secret.ts';
import { discardContent } from '../secrets/files/store-content.ts';
import { managerReference } from '../secrets/managers/manager-reference.ts';
import { lockManager, MANAGER_FIELD, type SecretManager } from '../secrets/managers/secret-manager.ts';
import type { Secret } from '../secrets/secret.ts';
import type { StoredValue } from '../secrets/values/stored-value.ts';
import type { Stores } from '../stores.ts';
import { WardlineError } from '../wardline-error.ts';
import { type SealAnewDeps, type SealedAnew, sealAnew } from './seal-anew.ts';
import type { StoredRewrap } from './stored-rewrap.ts';

/** The rewrap was ended, or another process has it: nothing of the secret was stored. */
export class RewrapOver extends Error {
  override readonly name = 'RewrapOver';
}

/** What came first: a change of the secret, after it was read. */
class ChangedMeanwhile extends Error {}

/** How often a secret is begun anew that people change meanwhile. */
const TRIES = 5;

/**
 * Encrypts all values of a secret anew under the key of a manager, and makes that its manager. All of it, with the turn
 * and the event, is stored in one transaction: until then every version is read as before.
 * @param keyFingerprint of the KMS key that the manager has now; undefined for the built-in one.
 * @throws RewrapOver; WardlineError when a value can't be read or encrypted: then the secret stays as it was.
 */
export async function rewrapSecret(
  deps: SealAnewDeps,
  rewrap: StoredRewrap,
  secretId: string,
  target: SecretManager,
  keyFingerprint: string | undefined,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(deps, rewrap, secretId, target, keyFingerprint);
    } catch (error) {
      if (!(error instanceof ChangedMeanwhile) || tries === TRIES) throw error;
    }
  }
}

async function attempt(
  deps: SealAnewDeps,
  rewrap: StoredRewrap,
  secretId: string,
  target: SecretManager,
  keyFingerprint: string | undefined,
): Promise<void> {
  const { storage, now } = deps;
  const secret = await storage.secrets.findById(secretId);
  const values = secret ? await storage.secretValues.ofSecret(secretId) : [];
  const stale = values.filter((value) => !isUnder(value, target, keyFingerprint));
  if (!secret || (stale.length === 0 && rewrap.from.connectorId === rewrap.to.connectorId)) {
    const counted = await storage.unrecorded(({ rewraps }) =>
      rewraps.take(rewrap, secretId, 'unchanged', now().toISOString()),
    );
    if (!counted) throw new RewrapOver();
    return;
  }
  const anew: SealedAnew[] = [];
  try {
    for (const value of stale) anew.push(await sealAnew(deps, secret, value, target));
    await store(deps, rewrap, secret, target, anew);
  } catch (error) {
    for (const { content } of anew) if (content) await discardContent(deps, content);
    throw error;
  }
}

/** Whether a value is encrypted under the present key of the manager already. */
function isUnder({ dataKey }: StoredValue, target: SecretManager, keyFingerprint: string | undefined): boolean {
  if (target.kind === 'built-in') return dataKey === null;
  return dataKey?.connectorId === target.connector.id && dataKey.keyFingerprint === keyFingerprint;
}

async function store(
  { storage, now }: SealAnewDeps,
  rewrap: StoredRewrap,
  read: Secret,
  target: SecretManager,
  anew: readonly SealedAnew[],
): Promise<void> {
  const time = now().toISOString();
  await storage.change(systemActor('rewrap'), async (stores) => {
    if (!(await stores.rewraps.take(rewrap, read.id, 'rewrapped', time))) throw new RewrapOver();
    const secret = await stores.secrets.findForChange(read);
    if (secret?.id !== read.id || secret.version !== read.version) throw new ChangedMeanwhile();
    if (target.kind === 'connector') await requireNoCredential(stores, secret);
    await lockManager(stores, target);
    for (const { before, sealed } of anew) {
      if (!(await stores.secretValues.replace(before, sealed, time))) throw new ChangedMeanwhile();
    }
    // What stays where it is keeps the reference as somebody wrote it: another spelling is another manager to Terraform,
    // which would delete the secret and make it anew.
    const stays = rewrap.from.connectorId === rewrap.to.connectorId;
    const after = stays ? secret : await moveTo(stores, secret, target, time);
    const details = { rewrap: rewrap.id, to: rewrap.to.name, values: anew.length };
    const states = { before: auditedSecret(secret), after: auditedSecret(after) };
    return { result: undefined, audit: { action: 'REWRAP', ...secretResource(secret), ...states, details } };
  });
}

/** What a connector signs in with must be readable without any connector. */
async function requireNoCredential({ usage }: Pick<Stores, 'usage'>, { id, identifier }: Secret): Promise<void> {
  const { users } = await usage.users({ kind: 'secret', id }, { limit: 1, offset: 0 });
  const user = users[0];
  if (!user) return;
  throw new WardlineError(
    'INVALID_REQUEST',
    `The connector “${user.identifier}” (${describePlace(user.place)}) uses the secret “${identifier}”. ` +
      `The credentials of a secret manager stay in the built-in one (${BUILT_IN_SECRET_MANAGER}).`,
  );
}

async function moveTo(stores: Stores, secret: Secret, target: SecretManager, time: string): Promise<Secret> {
  const user = { kind: 'secret', id: secret.id } as const;
  await stores.usage.removeAllOf(user);
  if (target.kind === 'built-in') return stores.secrets.setManager(secret, BUILT_IN_SECRET_MANAGER);
  const of = { kind: 'connector', id: target.connector.id } as const;
  await stores.usage.add(user, [{ field: MANAGER_FIELD, of }], time);
  return stores.secrets.setManager(secret, managerReference(target.connector, secret.place));
}
