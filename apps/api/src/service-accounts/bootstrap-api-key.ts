import { systemActor } from '../access/principal.ts';
import { hashSecret, parseToken } from '../access/token-text.ts';
import type { Deps } from '../app.ts';
import { ConfigError } from '../config.ts';

const IDENTIFIER = 'bootstrap';

/**
 * Gives a new installation its first API key, so that it can be set up unattended: a service account `bootstrap` that
 * is account administrator, with the token that the configuration holds. Does nothing once there is a user or a
 * service account.
 * @throws ConfigError for a text that is no token of a service account of this account.
 */
export async function bootstrapApiKey(
  { storage, config, now }: Pick<Deps, 'storage' | 'config' | 'now'>,
  text: string,
): Promise<void> {
  const token = parseToken(text.trim());
  if (token?.prefix !== 'sat' || token.account !== config.accountId) {
    throw new ConfigError(
      `WARDLINE_BOOTSTRAP_API_KEY is not a token of this account. Write sat.${config.accountId}.ID.SECRET, where ID has 1 ` +
        'to 64 letters, digits, - or _, and SECRET has 20 to 128; make the secret with: openssl rand -hex 32',
    );
  }
  const time = now().toISOString();
  await storage.changeIf(systemActor('bootstrap'), async ({ access, serviceAccounts, apiKeys, roleAssignments }) => {
    if (await access.anyPrincipal()) return undefined;
    const description = { name: 'Bootstrap', description: 'Made from WARDLINE_BOOTSTRAP_API_KEY.', tags: {} };
    const account = { identifier: IDENTIFIER, email: `${IDENTIFIER}@service.wardline`, ...description };
    const id = await serviceAccounts.insert({}, account, time);
    const owner = { type: 'SERVICE_ACCOUNT', id } as const;
    const key = { identifier: IDENTIFIER, defaultTimeToExpire: null, ...description };
    const keyId = await apiKeys.insertKey(owner, key, time);
    const secretHash = hashSecret(token.secret);
    const stored = { id: token.id, identifier: IDENTIFIER, secretHash, validFrom: time, validTo: null, ...description };
    await apiKeys.insertToken(keyId, stored, time);
    const role = { identifier: '_account_admin', place: {} };
    await roleAssignments.insert({}, { identifier: IDENTIFIER, role, principal: owner }, time);
    const named = { identifier: IDENTIFIER, name: description.name };
    return {
      result: undefined,
      audit: [
        { action: 'CREATE', resource: { type: 'SERVICE_ACCOUNT', ...named }, place: {}, after: account },
        { action: 'CREATE_TOKEN', resource: { type: 'TOKEN', ...named }, place: {} },
        {
          action: 'ROLE_ASSIGNMENT_CREATED',
          resource: { type: 'ROLE_ASSIGNMENT', ...named },
          place: {},
          after: { role: role.identifier, principal: IDENTIFIER },
        },
      ],
    };
  });
}
