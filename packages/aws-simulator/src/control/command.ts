import { z } from 'zod';
import { faultSchema } from '../faults/fault.ts';
import type { FaultControl } from '../faults/fault-control.ts';
import { keySpecSchema, keyStateSchema, keyUsageSchema } from '../state/model.ts';
import type { Administration } from './administration.ts';

const name = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\w+=,.@-]+$/);
const accountId = z.string().regex(/^\d{12}$/);
const reference = z.string().min(1).max(2048);
/** Checked as a policy of its kind when it is put. */
const policy = z.union([z.string(), z.record(z.string(), z.unknown())]);
const key = { key: reference };
const command = <N extends string, S extends z.core.$ZodLooseShape>(word: N, shape: S) =>
  z.strictObject({ command: z.literal(word), ...shape });

/** What the control API can be asked: the in-process methods, one command each. */
export const commandSchema = z.discriminatedUnion('command', [
  command('add-fault', { fault: faultSchema }),
  command('clear-faults', { service: z.enum(['kms', 'sts', 'imds', 'container']).optional() }),
  command('create-key', {
    name,
    accountId: accountId.optional(),
    spec: keySpecSchema.optional(),
    usage: keyUsageSchema.optional(),
    multiRegion: z.boolean().optional(),
    state: keyStateSchema.optional(),
    policy: policy.optional(),
  }),
  command('create-alias', { ...key, alias: z.string() }),
  command('enable-key', key),
  command('disable-key', key),
  command('schedule-key-deletion', { ...key, days: z.number().int().min(7).max(30).default(30) }),
  command('cancel-key-deletion', key),
  command('set-key-state', { ...key, state: keyStateSchema }),
  command('rotate-key', key),
  command('put-key-policy', { ...key, policy }),
  command('create-user', { name, policy, accountId: accountId.optional() }),
  command('create-role', {
    name,
    trustPolicy: policy,
    policy,
    maxSessionDuration: z.number().int().min(3600).max(43_200).optional(),
    accountId: accountId.optional(),
  }),
  command('put-user-policy', { user: reference, policy }),
  command('put-role-policy', { role: reference, policy }),
  command('put-trust-policy', { role: reference, policy }),
  command('put-permissions-boundary', {
    kind: z.enum(['users', 'roles']),
    name: reference,
    policy: policy.optional(),
  }),
  command('put-service-control-policy', { policy: policy.optional() }),
  command('put-vpc-endpoint-policy', { policy: policy.optional() }),
  command('set-access-key-status', { user: reference, status: z.enum(['Active', 'Inactive']) }),
]);
/** A command as read, with its defaults filled in. */
export type Command = z.output<typeof commandSchema>;

/** Carries a command out; what it returns, if anything, is the answer. */
export function carryOut(request: Command, admin: Administration, faults: FaultControl): unknown {
  switch (request.command) {
    case 'add-fault':
      faults.add(request.fault);
      return undefined;
    case 'clear-faults':
      return faults.clear(request.service);
    case 'create-key': {
      const { command: _, ...fields } = request;
      return admin.createKey(defined(fields));
    }
    case 'create-alias':
      return admin.createAlias(request.key, request.alias);
    case 'enable-key':
      return admin.enableKey(request.key);
    case 'disable-key':
      return admin.disableKey(request.key);
    case 'schedule-key-deletion':
      return admin.scheduleKeyDeletion(request.key, request.days);
    case 'cancel-key-deletion':
      return admin.cancelKeyDeletion(request.key);
    case 'set-key-state':
      return admin.setKeyState(request.key, request.state);
    case 'rotate-key':
      return admin.rotateKey(request.key);
    case 'put-key-policy':
      return admin.putKeyPolicy(request.key, request.policy);
    case 'create-user': {
      const { command: _, ...fields } = request;
      return admin.createUser(defined(fields));
    }
    case 'create-role': {
      const { command: _, ...fields } = request;
      return admin.createRole(defined(fields));
    }
    case 'put-user-policy':
      return admin.putUserPolicy(request.user, request.policy);
    case 'put-role-policy':
      return admin.putRolePolicy(request.role, request.policy);
    case 'put-trust-policy':
      return admin.putTrustPolicy(request.role, request.policy);
    case 'put-permissions-boundary':
      return admin.putPermissionsBoundary(request.kind, request.name, request.policy);
    case 'put-service-control-policy':
      return admin.putServiceControlPolicy(request.policy);
    case 'put-vpc-endpoint-policy':
      return admin.putVpcEndpointPolicy(request.policy);
    case 'set-access-key-status':
      return admin.setAccessKeyStatus(request.user, request.status);
  }
}

/** zod types an absent member as possibly undefined; the methods want it absent. */
type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
