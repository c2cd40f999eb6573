import { identityPolicySchema, resourcePolicySchema, trustPolicySchema } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse-policy.ts';
import { newMaterial } from '../state/identifiers.ts';
import type { KeyRecord, KeyState, RoleRecord, State, UserRecord } from '../state/model.ts';
import { makeKey, makeRole, makeUser, type NewKey } from '../state/new-entities.ts';
import type { Store } from '../state/store.ts';

/** The administrator named something that is not there, or asked for what its state forbids. */
export class AdministrationError extends Error {
  override readonly name = 'AdministrationError';
}

/** A key made by an administrator; a policy may be JSON text or an object. */
export interface CreateKeyRequest extends Omit<NewKey, 'policy'> {
  readonly policy?: unknown;
  /** Twelve digits; the simulator's own account when absent. */
  readonly accountId?: string;
}
/** A user with one access key; `policy` is its identity policy. */
export interface CreateUserRequest {
  readonly name: string;
  readonly policy: unknown;
  readonly accountId?: string;
}
/** A role; `policy` is its identity policy. */
export interface CreateRoleRequest {
  readonly name: string;
  readonly trustPolicy: unknown;
  readonly policy: unknown;
  /** Seconds, 3600 (the default) to 43200. */
  readonly maxSessionDuration?: number;
  readonly accountId?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What an account's administrator can do. Keys go by seed name, id, ARN or alias; users and roles by name or ARN. Every
 * change is saved and takes effect with the next request.
 * @throws AdministrationError when there is no such thing; MalformedPolicyError for a document AWS would refuse.
 */
export class Administration {
  readonly #store: Store;
  readonly #clock: () => Date;

  constructor(store: Store, clock: () => Date) {
    this.#store = store;
    this.#clock = clock;
  }

  createKey({ accountId, policy, ...key }: CreateKeyRequest): { keyId: string; arn: string } {
    const place = this.#place(accountId);
    const document = policy === undefined ? {} : { policy: parsePolicy(resourcePolicySchema, policy) };
    const record = makeKey(place, { ...key, ...document }, this.#clock());
    this.#refuseTwin(this.#store.state.keys, record);
    this.#store.update((state) => state.keys.push(record));
    return { keyId: record.keyId, arn: record.arn };
  }

  createAlias(key: string, alias: string): void {
    const { accountId } = this.#key(this.#store.state, key);
    if (!/^alias\/[\w/-]+$/.test(alias)) throw new AdministrationError(`An alias is alias/<name>, not ${alias}.`);
    if (this.#store.state.keys.some((other) => other.accountId === accountId && other.aliases.includes(alias))) {
      throw new AdministrationError(`${alias} is taken.`);
    }
    this.#changeKey(key, (record) => record.aliases.push(alias));
  }

  enableKey(key: string): void {
    this.#changeKey(key, (record) => {
      if (record.state === 'PendingDeletion') {
        throw new AdministrationError(`${record.arn} is pending deletion: cancel the deletion first.`);
      }
      record.state = 'Enabled';
    });
  }

  disableKey(key: string): void {
    this.setKeyState(key, 'Disabled');
  }

  /** @param days until the deletion date, 7 to 30. The simulator never really deletes a key. */
  scheduleKeyDeletion(key: string, days = 30): void {
    if (days < 7 || days > 30) throw new AdministrationError('The waiting period is 7 to 30 days.');
    this.#changeKey(key, (record) => {
      record.state = 'PendingDeletion';
      record.deletionDate = new Date(this.#clock().getTime() + days * DAY_MS).toISOString();
    });
  }

  /** Leaves the key disabled, as AWS does. */
  cancelKeyDeletion(key: string): void {
    this.setKeyState(key, 'Disabled');
  }

  /** Any state, also those that have no operation here (PendingImport, Unavailable, Creating). */
  setKeyState(key: string, keyState: KeyState): void {
    if (keyState === 'PendingDeletion') {
      this.scheduleKeyDeletion(key);
      return;
    }
    this.#changeKey(key, (record) => {
      record.state = keyState;
      delete record.deletionDate;
    });
  }

  /** New key material: it encrypts from now on, and what the former ones encrypted can still be decrypted. */
  rotateKey(key: string): void {
    this.#changeKey(key, (record) => {
      if (record.spec !== 'SYMMETRIC_DEFAULT') throw new AdministrationError(`${record.arn} cannot be rotated.`);
      record.materials.push(newMaterial());
    });
  }

  putKeyPolicy(key: string, policy: unknown): void {
    const document = parsePolicy(resourcePolicySchema, policy);
    this.#changeKey(key, (record) => {
      record.policy = document;
    });
  }

  createUser({ name, policy, accountId }: CreateUserRequest): {
    arn: string;
    accessKeyId: string;
    secretAccessKey: string;
  } {
    const policies = [parsePolicy(identityPolicySchema, policy)];
    const user = makeUser(this.#place(accountId), { name, policies, can: 'What its policy says.' });
    this.#refuseTwin(this.#store.state.users, user);
    this.#store.update((state) => state.users.push(user));
    return { arn: user.arn, accessKeyId: user.accessKey.id, secretAccessKey: user.accessKey.secret };
  }

  createRole({ name, trustPolicy, policy, maxSessionDuration, accountId }: CreateRoleRequest): { arn: string } {
    const role = makeRole(this.#place(accountId), {
      name,
      trustPolicy: parsePolicy(trustPolicySchema, trustPolicy),
      policies: [parsePolicy(identityPolicySchema, policy)],
      maxSessionDuration: maxSessionDuration ?? 3600,
      trust: 'Whom its trust policy names.',
    });
    this.#refuseTwin(this.#store.state.roles, role);
    this.#store.update((state) => state.roles.push(role));
    return { arn: role.arn };
  }

  /** Replaces every identity policy of the user. */
  putUserPolicy(user: string, policy: unknown): void {
    const document = parsePolicy(identityPolicySchema, policy);
    this.#changeIdentity('users', user, (record) => {
      record.policies = [document];
    });
  }

  /** Replaces every identity policy of the role; sessions that exist already are bound by it at once. */
  putRolePolicy(role: string, policy: unknown): void {
    const document = parsePolicy(identityPolicySchema, policy);
    this.#changeIdentity('roles', role, (record) => {
      record.policies = [document];
    });
  }

  putTrustPolicy(role: string, policy: unknown): void {
    const document = parsePolicy(trustPolicySchema, policy);
    this.#store.update((state) => {
      this.#named(state.roles, role).trustPolicy = document;
    });
  }

  /** `undefined` takes the boundary away. */
  putPermissionsBoundary(kind: 'users' | 'roles', name: string, policy: unknown): void {
    const boundary = policy === undefined ? undefined : parsePolicy(identityPolicySchema, policy);
    this.#changeIdentity(kind, name, (record) => {
      if (boundary) record.boundary = boundary;
      else delete record.boundary;
    });
  }

  /** For every account the simulator knows; `undefined` takes it away. */
  putServiceControlPolicy(policy: unknown): void {
    const document = policy === undefined ? undefined : parsePolicy(identityPolicySchema, policy);
    this.#store.update((state) => {
      if (document) state.serviceControlPolicy = document;
      else delete state.serviceControlPolicy;
    });
  }

  /** Requests to KMS go through a VPC endpoint with this policy; `undefined`: through none. */
  putVpcEndpointPolicy(policy: unknown): void {
    const document = policy === undefined ? undefined : parsePolicy(resourcePolicySchema, policy);
    this.#store.update((state) => {
      if (document) state.vpcEndpointPolicy = document;
      else delete state.vpcEndpointPolicy;
    });
  }

  setAccessKeyStatus(user: string, status: 'Active' | 'Inactive'): void {
    this.#store.update((state) => {
      this.#named(state.users, user).accessKey.status = status;
    });
  }

  #place(accountId: string | undefined): { region: string; accountId: string } {
    const { region, accountId: own } = this.#store.state;
    if (accountId !== undefined && !/^\d{12}$/.test(accountId)) {
      throw new AdministrationError(`An account is twelve digits, not ${accountId}.`);
    }
    return { region, accountId: accountId ?? own };
  }

  #refuseTwin(
    existing: readonly { name: string; accountId: string }[],
    made: { name: string; accountId: string },
  ): void {
    if (existing.some(({ name, accountId }) => name === made.name && accountId === made.accountId)) {
      throw new AdministrationError(`The name ${made.name} is taken in account ${made.accountId}.`);
    }
  }

  #key(state: Readonly<State>, name: string): KeyRecord {
    const own = (key: KeyRecord): boolean => key.accountId === state.accountId;
    const key =
      state.keys.find((candidate) => candidate.arn === name || candidate.keyId === name) ??
      state.keys.find((candidate) => own(candidate) && (candidate.name === name || candidate.aliases.includes(name)));
    if (!key) throw new AdministrationError(`There is no key ${name}.`);
    return key;
  }

  #changeKey(name: string, change: (key: KeyRecord) => void): void {
    this.#store.update((state) => change(this.#key(state, name)));
  }

  #named<T extends UserRecord | RoleRecord>(records: readonly T[], name: string): T {
    const { accountId } = this.#store.state;
    const found = records.find((r) => r.arn === name || (r.name === name && r.accountId === accountId));
    if (!found) throw new AdministrationError(`There is no user or role ${name}.`);
    return found;
  }

  #changeIdentity(kind: 'users' | 'roles', name: string, change: (record: UserRecord | RoleRecord) => void): void {
    this.#store.update((state) => change(this.#named<UserRecord | RoleRecord>(state[kind], name)));
  }
}
