import { z } from 'zod';
import { partitionOf } from '../state/identifiers.ts';
import { authorize } from './authorize.ts';
import { KmsError } from './kms-error.ts';
import { defineOperation, keyIdMember } from './operation.ts';
import { resolveKey } from './resolve-key.ts';

const input = z.object({
  KeyId: keyIdMember.optional(),
  Limit: z.number().int().min(1).max(1000).default(50),
  Marker: z.string().min(1).max(1024).optional(),
});

/** The caller's own account only. https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export const listAliases = defineOperation('ListAliases', input, (call, { KeyId, Limit, Marker }) => {
  const action = 'kms:ListAliases';
  authorize(call, undefined, { action });
  const { accountId } = call.caller;
  const { region, keys } = call.store.state;
  const wanted = KeyId === undefined ? undefined : resolveKey(call, KeyId, action).key.arn;
  const aliases = keys
    .filter((key) => key.accountId === accountId && (wanted === undefined || key.arn === wanted))
    .flatMap((key) => key.aliases.map((alias) => ({ key, alias })))
    .sort((a, b) => (a.alias < b.alias ? -1 : 1));
  // The marker is the last alias of the page before.
  const start = Marker === undefined ? 0 : aliases.findIndex(({ alias }) => alias === Marker) + 1;
  if (Marker !== undefined && start === 0) throw new KmsError('InvalidMarkerException', 'Invalid marker.');
  const page = aliases.slice(start, start + Limit);
  const truncated = start + Limit < aliases.length;
  return {
    Aliases: page.map(({ key, alias }) => ({
      AliasName: alias,
      AliasArn: `arn:${partitionOf(region)}:kms:${region}:${accountId}:${alias}`,
      TargetKeyId: key.keyId,
      CreationDate: Date.parse(key.createdAt) / 1000,
    })),
    Truncated: truncated,
    ...(truncated && { NextMarker: page.at(-1)?.alias }),
  };
});
