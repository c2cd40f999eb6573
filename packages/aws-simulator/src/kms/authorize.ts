import { networkContext } from '../identity/network-context.ts';
import { ConditionContext } from '../policy/conditions.ts';
import { denialMessage } from '../policy/denial-message.ts';
import { type Decision, evaluate, type GuardedResource } from '../policy/evaluate.ts';
import type { KeyRecord } from '../state/model.ts';
import { KmsError } from './kms-error.ts';
import type { KmsCall } from './operation.ts';

/** What a call says of itself, beside who makes it. */
export interface KeyRequest {
  readonly action: string;
  readonly requestAlias?: string | undefined;
  /** Cryptographic operations only: the others carry none. */
  readonly encryptionContext?: Readonly<Record<string, string>> | undefined;
}

function conditionContext(call: KmsCall, key: KeyRecord | undefined, request: KeyRequest): ConditionContext {
  const pairs = Object.entries(request.encryptionContext ?? {});
  return new ConditionContext({
    ...networkContext(call.store, call.caller, call.sourceIp),
    'kms:CallerAccount': call.caller.accountId,
    'kms:KeySpec': key?.spec,
    'kms:KeyUsage': key?.usage,
    'kms:MultiRegion': key && String(key.multiRegion),
    'kms:RequestAlias': request.requestAlias,
    'kms:ResourceAliases': key?.aliases,
    'kms:EncryptionContextKeys': pairs.map(([name]) => name),
    ...Object.fromEntries(pairs.map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  });
}

function decide(call: KmsCall, key: KeyRecord | undefined, request: KeyRequest): Decision {
  const { serviceControlPolicy, vpcEndpointPolicy } = call.store.state;
  const resource: GuardedResource | undefined = key && { accountId: key.accountId, policy: key.policy };
  const access = {
    action: request.action,
    resource: key?.arn ?? '*',
    context: conditionContext(call, key, request),
  };
  return evaluate(call.caller, access, resource, { serviceControlPolicy, vpcEndpointPolicy });
}

/** May the caller do this with this key? */
export const mayUseKey = (call: KmsCall, key: KeyRecord, request: KeyRequest): boolean =>
  decide(call, key, request).allowed;

/**
 * Lets an allowed call pass; `key` is undefined for operations on the account as a whole.
 * @throws KmsError AccessDeniedException that names the policy type which decided.
 */
export function authorize(call: KmsCall, key: KeyRecord | undefined, request: KeyRequest): void {
  const decision = decide(call, key, request);
  if (decision.allowed) return;
  const message = denialMessage(call.caller.arn, request.action, key?.arn ?? '*', decision);
  throw new KmsError('AccessDeniedException', message);
}
