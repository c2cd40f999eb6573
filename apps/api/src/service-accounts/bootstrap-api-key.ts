import { systemActor } from '../access/principal.ts';
import { hashSecret, parseToken, type TokenText } from '../access/token-text.ts';
import { apiKeyResource, auditedApiKey, auditedToken, tokenResource } from '../api-keys/audited-api-key.ts';
import type { Deps } from '../app.ts';
import { ConfigError } from '../config.ts';
import { isUniqueViolation } from '../db/failures.ts';
import { assignmentName } from '../role-assignments/audited-assignment.ts';
import type { Change } from '../storage.ts';
import type { Stores } from '../stores.ts';
import { auditedServiceAccount, serviceAccountResource } from './audited-service-account.ts';
import { defaultEmail } from './create-service-account.ts';

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
  try {
    await storage.changeIf(systemActor('bootstrap'), (stores) => makeAdministrator(stores, token, now().toISOString()));
  } catch (error) {
    // Another process that starts at the same time made the same one.
    if (!isUniqueViolation(error)) throw error;
  }
}

async function makeAdministrator(
  stores: Stores,
  token: TokenText,
  time: string,
): Promise<Change<undefined> | undefined> {
  const { access, serviceAccounts, apiKeys, tokens, roleAssignments } = stores;
  if (await access.anyPrincipal()) return undefined;
  const described = { name: 'Bootstrap', description: 'Made from WARDLINE_BOOTSTRAP_API_KEY.', tags: {} };
  const settings = { ...described, email: defaultEmail(IDENTIFIER) };
  const account = await serviceAccounts.insert({ place: {}, identifier: IDENTIFIER }, settings, time);
  const owner = { type: 'SERVICE_ACCOUNT', id: account.id } as const;
  const key = await apiKeys.insert(owner, IDENTIFIER, { ...described, defaultTimeToExpire: undefined }, time);
  const secretHash = hashSecret(token.secret);
  const life = { validFrom: time, validTo: null };
  const made = { id: token.id, identifier: IDENTIFIER, ...described, ...life, secretHash };
  const stored = await tokens.insert(key.id, made, time);
  const role = { identifier: '_account_admin', place: {} };
  await roleAssignments.insert({}, { identifier: IDENTIFIER, role, principal: owner }, time);
  return {
    result: undefined,
    audit: [
      { action: 'CREATE', ...serviceAccountResource(account), after: auditedServiceAccount(account) },
      { action: 'CREATE', ...apiKeyResource(key, {}), after: auditedApiKey(key) },
      { action: 'CREATE_TOKEN', ...tokenResource(stored, key, {}), after: auditedToken(stored) },
      {
        action: 'ROLE_ASSIGNMENT_CREATED',
        resource: {
          type: 'ROLE_ASSIGNMENT',
          identifier: IDENTIFIER,
          name: assignmentName(role.identifier, described.name),
        },
        place: {},
        after: { role: role.identifier, principal: IDENTIFIER },
      },
    ],
  };
}
