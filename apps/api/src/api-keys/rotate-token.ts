import { IDENTIFIER_MAX_LENGTH } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import { hashSecret, newToken, tokenText } from '../access/token-text.ts';
import type { Deps } from '../app.ts';
import type { AuditEntry } from '../audit/audit-entry.ts';
import { invalidFields } from '../plugins/errors.ts';
import { auditedToken, tokenResource } from './audited-api-key.ts';
import { findKeyForChange, missingToken } from './find-api-key.ts';
import { resolveOwner } from './owner.ts';
import type { TokenRequest } from './revoke-token.ts';
import { endOf, type Token } from './token.ts';
import { endLimit, rotatedLife } from './token-life.ts';
import type { TokenStore } from './token-store.ts';

/**
 * Replaces a token by a new one of the same ID, which lives as long as the old one did. The old one goes on under another
 * ID until the time given, never longer than it would have, so that programs can be told the new one; or ends at once.
 * @param overlapUntil epoch milliseconds
 * @returns the whole text of the new token, which is told this once.
 * @throws WardlineError NG_ACCESS_DENIED as resolveOwner, INVALID_REQUEST when there is none, or for a time that has passed.
 */
export async function rotateToken(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  caller: Caller,
  request: TokenRequest,
  overlapUntil: number | undefined,
): Promise<string> {
  return storage.change(caller.actor, async (stores) => {
    const owner = await resolveOwner(stores, caller, request, 'give');
    const key = await findKeyForChange(stores, owner, request.apiKeyIdentifier, 'INVALID_REQUEST');
    const old = await stores.tokens.findForChange(key.id, request.identifier);
    if (!old) throw missingToken(key, request.identifier, 'INVALID_REQUEST');
    const time = now();
    if (overlapUntil !== undefined && overlapUntil <= time.getTime()) {
      throw invalidFields([
        { fieldId: 'rotateTimestamp', error: 'This time has passed. Leave it out to end it at once.' },
      ]);
    }
    const life = rotatedLife(old, { now: time.getTime(), limit: await endLimit(stores, caller, owner) });
    const about = (token: Token) => tokenResource(token, key, owner.place);
    const retired = await retire(stores.tokens, old, overlapUntil, time.toISOString());
    const text = newToken(owner.type === 'USER' ? 'pat' : 'sat', config.accountId);
    const { identifier, name, description, tags } = old;
    const stored = { id: text.id, identifier, name, description, tags, ...life, secretHash: hashSecret(text.secret) };
    const token = await stores.tokens.insert(key.id, stored, time.toISOString());
    const end: AuditEntry = retired
      ? { action: 'UPDATE', ...about(retired), before: auditedToken(old), after: auditedToken(retired) }
      : { action: 'REVOKE_TOKEN', ...about(old), before: auditedToken(old) };
    return {
      result: tokenText(text),
      audit: [end, { action: 'CREATE_TOKEN', ...about(token), after: auditedToken(token) }],
    };
  });
}

/** Makes room for the new token. @returns the old one as it goes on, if it does. */
async function retire(
  tokens: TokenStore,
  old: Token,
  until: number | undefined,
  now: string,
): Promise<Token | undefined> {
  if (until === undefined) {
    await tokens.remove(old);
    return undefined;
  }
  const scheduledExpireAt = new Date(Math.min(until, endOf(old))).toISOString();
  return tokens.update(old, { ...old, identifier: retiredIdentifier(old), scheduledExpireAt }, now);
}

/** Unique, since the id is; the end of a UUIDv7 is random. */
function retiredIdentifier({ identifier, id }: Token): string {
  const suffix = `_rotated_${id.replaceAll('-', '_').slice(-12)}`;
  return identifier.slice(0, IDENTIFIER_MAX_LENGTH - suffix.length) + suffix;
}
