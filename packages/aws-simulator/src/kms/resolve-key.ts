import { parseArn } from '@wardline/contracts';
import { partitionOf } from '../state/identifiers.ts';
import type { KeyRecord } from '../state/model.ts';
import { KmsError, notFound } from './kms-error.ts';
import type { KmsCall } from './operation.ts';

/** A key, and how the request named it. */
export interface ResolvedKey {
  readonly key: KeyRecord;
  /** `alias/<name>`, when the request named the key so (condition key kms:RequestAlias). */
  readonly requestAlias?: string;
}

const KEY_ID = /^(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|mrk-[0-9a-f]{32})$/i;

/** The ARN of a foreign key that nobody shared and of one that is not there get the same answer. */
function foreign(call: KmsCall, action: string, arn: string): KmsError {
  const message =
    `User: ${call.caller.arn} is not authorized to perform: ${action} on resource: ${arn} ` +
    `because no resource-based policy allows the ${action} action`;
  return new KmsError('AccessDeniedException', message);
}

function byAlias(call: KmsCall, accountId: string, alias: string, prefix: string): ResolvedKey {
  const key = call.store.state.keys.find((k) => k.accountId === accountId && k.aliases.includes(alias));
  if (!key) throw notFound(`Alias ${prefix}:${accountId}:${alias} is not found.`);
  return { key, requestAlias: alias };
}

/**
 * The key that a request names by id, ARN, alias or alias ARN.
 * @throws KmsError NotFoundException, InvalidArnException, or AccessDeniedException for a foreign key that is not there.
 */
export function resolveKey(call: KmsCall, keyId: string, action: string): ResolvedKey {
  const { region } = call.store.state;
  const prefix = `arn:${partitionOf(region)}:kms:${region}`;
  // Without an ARN, the caller's own account is meant.
  const ownAccount = call.caller.accountId;
  if (keyId.startsWith('alias/')) return byAlias(call, ownAccount, keyId, prefix);
  if (!keyId.startsWith('arn:')) {
    if (!KEY_ID.test(keyId)) throw notFound(`Invalid keyId '${keyId}'`);
    const arn = `${prefix}:${ownAccount}:key/${keyId}`;
    const key = call.store.key(arn);
    if (!key) throw notFound(`Key '${arn}' does not exist`);
    return { key };
  }
  const arn = parseArn(keyId);
  if (arn?.service !== 'kms' || !/^(key|alias)\/./.test(arn.resource)) {
    throw new KmsError('InvalidArnException', `Invalid arn ${keyId}`);
  }
  if (arn.region !== region || arn.partition !== partitionOf(region)) throw notFound(`Invalid arn ${arn.region}`);
  if (arn.resource.startsWith('alias/')) return byAlias(call, arn.account, arn.resource, prefix);
  const key = call.store.key(keyId);
  if (key) return { key };
  throw arn.account === ownAccount ? notFound(`Key '${keyId}' does not exist`) : foreign(call, action, keyId);
}
