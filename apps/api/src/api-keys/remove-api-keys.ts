import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Place } from '../db/scope-columns.ts';
import type { Stores } from '../stores.ts';
import type { ApiKey, ApiKeyOwner } from './api-key.ts';
import { apiKeyResource, auditedApiKey, auditedToken, tokenResource } from './audited-api-key.ts';

type KeyStores = Pick<Stores, 'apiKeys' | 'tokens'>;

/**
 * Removes every API key of an owner, with the tokens, in the transaction that deletes the owner: there is no foreign
 * key to one, since there are two kinds.
 * @param owner `place` is where it lives: nowhere but at the account level for a user.
 * @returns the events, for the transaction to record.
 */
export async function removeApiKeys(
  stores: KeyStores,
  { place, ...owner }: ApiKeyOwner & { readonly place: Place },
): Promise<AuditEntry[]> {
  const events: AuditEntry[] = [];
  for (const key of await stores.apiKeys.findAll(owner)) events.push(...(await removeKey(stores, key, place)));
  return events;
}

/** Removes an API key with its tokens. @returns the events: each token that ends is one of its own. */
export async function removeKey(
  { apiKeys, tokens }: KeyStores,
  key: ApiKey,
  place: Place,
): Promise<[AuditEntry, ...AuditEntry[]]> {
  const ended = await tokens.findOfKey(key.id);
  await apiKeys.remove(key);
  return [
    { action: 'DELETE', ...apiKeyResource(key, place), before: auditedApiKey(key) },
    ...ended.map(
      (token): AuditEntry => ({
        action: 'REVOKE_TOKEN',
        ...tokenResource(token, key, place),
        before: auditedToken(token),
      }),
    ),
  ];
}
