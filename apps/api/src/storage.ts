import type { Kysely } from 'kysely';
import type { Actor } from './access/principal.ts';
import { type AccessStore, accessStore } from './access/store.ts';
import { type ApiKeyStore, apiKeyStore } from './api-keys/store.ts';
import { type TokenStore, tokenStore } from './api-keys/token-store.ts';
import type { AuditEntry } from './audit/audit-entry.ts';
import { type AuditReader, auditReader } from './audit/reader.ts';
import { type Deed, Recorder } from './audit/recorder.ts';
import { type RetentionStore, retentionStore } from './audit/retention-store.ts';
import { auditStore, type Chain } from './audit/store.ts';
import { type OutcomeStore, outcomeStore } from './connectivity/outcome-store.ts';
import { type ScheduleStore, scheduleStore } from './connectivity/schedule-store.ts';
import { type ConnectorStore, connectorStore } from './connectors/store.ts';
import { type DataKeyStore, dataKeyStore } from './data-keys/store.ts';
import type { Database, Engine } from './db/client.ts';
import { retryConflicts } from './db/failures.ts';
import type { Tables } from './db/schema.ts';
import { type DelegateTokenStore, delegateTokenStore } from './delegate-tokens/store.ts';
import { type DelegateInstanceStore, delegateInstanceStore } from './delegates/instance-store.ts';
import { type HeldDelegateStore, heldDelegateStore } from './delegates/processes/held-delegate-store.ts';
import { type ProcessStore, processStore } from './delegates/processes/process-store.ts';
import { type RemoteTaskStore, remoteTaskStore } from './delegates/processes/remote-task-store.ts';
import { type OneTimeLinkStore, oneTimeLinkStore } from './identity/one-time-links/store.ts';
import { type UsedCodeStore, usedCodeStore } from './identity/second-factor/used-code-store.ts';
import { type SessionStore, sessionStore } from './identity/session-store.ts';
import type { SignInTables } from './identity/sign-in-tables.ts';
import { type SignInStore, signInStore } from './identity/store.ts';
import { type LeaseStore, leaseStore } from './leases/store.ts';
import { type OidcKeyStore, oidcKeyStore } from './oidc/store.ts';
import { type ProofStore, proofStore } from './proofs/store.ts';
import { type RewrapStore, rewrapStore } from './rewraps/store.ts';
import { type PrincipalStore, principalStore } from './role-assignments/principal-store.ts';
import { type RoleAssignmentStore, roleAssignmentStore } from './role-assignments/store.ts';
import { type RoleStore, roleStore } from './roles/store.ts';
import { type ExportedSecretStore, exportedSecretStore } from './secrets/export/exported-secrets.ts';
import { type FileBodyStore, fileBodyStore } from './secrets/files/body-store.ts';
import { type ManagerFactsStore, managerFactsStore } from './secrets/managers/manager-facts-store.ts';
import { type ReadableSecretStore, readableSecretStore } from './secrets/resolve/readable-secrets.ts';
import { type SecretStore, secretStore } from './secrets/store.ts';
import { type SecretValueStore, secretValueStore } from './secrets/values/store.ts';
import { type SecretVersionStore, secretVersionStore } from './secrets/versions/store.ts';
import { type ServiceAccountStore, serviceAccountStore } from './service-accounts/store.ts';
import { type UsageStore, usageStore } from './usage/store.ts';
import { type GroupMemberStore, groupMemberStore } from './user-groups/member-store.ts';
import { type UserGroupStore, userGroupStore } from './user-groups/store.ts';
import { type UserStore, userStore } from './users/store.ts';

/** The queries of every feature, bound to one connection or one transaction. */
export interface Stores {
  readonly connectors: ConnectorStore;
  readonly dataKeys: DataKeyStore;
  readonly outcomes: OutcomeStore;
  readonly schedule: ScheduleStore;
  readonly secrets: SecretStore;
  readonly secretVersions: SecretVersionStore;
  readonly proofs: ProofStore;
  readonly rewraps: RewrapStore;
  readonly leases: LeaseStore;
  readonly secretValues: SecretValueStore;
  readonly readableSecrets: ReadableSecretStore;
  readonly managerFacts: ManagerFactsStore;
  readonly fileBodies: FileBodyStore;
  readonly exportedSecrets: ExportedSecretStore;
  readonly usage: UsageStore;
  readonly oidcKeys: OidcKeyStore;
  readonly access: AccessStore;
  readonly serviceAccounts: ServiceAccountStore;
  readonly apiKeys: ApiKeyStore;
  readonly tokens: TokenStore;
  readonly roleAssignments: RoleAssignmentStore;
  readonly principals: PrincipalStore;
  readonly roles: RoleStore;
  readonly userGroups: UserGroupStore;
  readonly groupMembers: GroupMemberStore;
  readonly users: UserStore;
  readonly oneTimeLinks: OneTimeLinkStore;
  readonly usedCodes: UsedCodeStore;
  readonly signIn: SignInStore;
  readonly sessions: SessionStore;
  /** For the queries of the sign-in library, and nothing else. */
  readonly signInTables: Kysely<SignInTables>;
  readonly auditRetention: RetentionStore;
  readonly delegateTokens: DelegateTokenStore;
  readonly delegateInstances: DelegateInstanceStore;
  readonly heldDelegates: HeldDelegateStore;
  readonly processes: ProcessStore;
  readonly remoteTasks: RemoteTaskStore;
}

/** What a change did: its result, and its events in the audit log. There is no change without an event. */
export interface Change<T> {
  readonly result: T;
  readonly audit: AuditEntry | readonly [AuditEntry, ...AuditEntry[]];
}

/** Reads go through the stores; whatever writes does so inside `change`. */
export interface Storage extends Stores {
  /**
   * Runs the work in one transaction on stores bound to it, with the events that it returns added to the audit log;
   * anything thrown rolls all of it back. It resolves when all of it is durable. It may run again after a conflict with another transaction, so it touches
   * nothing but the stores.
   */
  change<T>(actor: Actor, work: (stores: Stores) => Promise<Change<T>>): Promise<T>;
  /** Like `change`, for work that finds out in the transaction whether there is anything to change. */
  changeIf<T>(actor: Actor, work: (stores: Stores) => Promise<Change<T> | undefined>): Promise<T | undefined>;
  /**
   * Records what changed nothing: a refusal, a failed sign-in, a value that was read. What several callers record at
   * once shares a transaction; each waits until it is durable, and all of them fail together.
   */
  record(actor: Actor, entry: AuditEntry): Promise<void>;
  /** Like `record`, for several deeds of one request: all of them or none. */
  recordAll(actor: Actor, entries: readonly AuditEntry[]): Promise<void>;
  /**
   * Runs the work in one transaction that is on no record: for what is no deed of anyone, such as the time at which a
   * key was last used.
   */
  unrecorded<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
  /** Reads the audit log; only what is done adds to it. */
  readonly audit: AuditReader;
  /** Calls the listener after every change and record of this process, once it is stored. */
  onRecorded(listener: RecordListener): void;
  /** Waits until everything that was to be recorded is stored. Call it before the database is closed. */
  close(): Promise<void>;
}

type RecordListener = (entries: readonly AuditEntry[]) => void;

function bindStores(db: Kysely<Tables>, engine: Engine, { key }: Chain): Stores {
  return {
    connectors: connectorStore(db, engine),
    dataKeys: dataKeyStore(db),
    outcomes: outcomeStore(db, engine),
    schedule: scheduleStore(db, engine),
    secrets: secretStore(db, engine),
    secretVersions: secretVersionStore(db),
    proofs: proofStore(db),
    rewraps: rewrapStore(db),
    leases: leaseStore(db),
    secretValues: secretValueStore(db),
    readableSecrets: readableSecretStore(db),
    managerFacts: managerFactsStore(db),
    fileBodies: fileBodyStore(db),
    exportedSecrets: exportedSecretStore(db),
    usage: usageStore(db),
    oidcKeys: oidcKeyStore(db),
    access: accessStore(db),
    serviceAccounts: serviceAccountStore(db, engine),
    apiKeys: apiKeyStore(db, engine),
    tokens: tokenStore(db, engine),
    roleAssignments: roleAssignmentStore(db, engine),
    principals: principalStore(db, engine),
    roles: roleStore(db, engine),
    userGroups: userGroupStore(db, engine),
    groupMembers: groupMemberStore(db),
    users: userStore(db, engine),
    oneTimeLinks: oneTimeLinkStore(db),
    usedCodes: usedCodeStore(db),
    signIn: signInStore(db),
    sessions: sessionStore(db),
    signInTables: db.withTables<SignInTables>(),
    auditRetention: retentionStore(db, engine, key),
    delegateTokens: delegateTokenStore(db),
    delegateInstances: delegateInstanceStore(db),
    heldDelegates: heldDelegateStore(db),
    processes: processStore(db),
    remoteTasks: remoteTaskStore(db),
  };
}

/** The stores of an open database. @param chain how the audit log is chained. */
export function createStorage({ db, engine, flush }: Omit<Database, 'close'>, chain: Chain): Storage {
  const listeners: RecordListener[] = [];
  const transaction = <T>(work: (transaction: Kysely<Tables>) => Promise<T>): Promise<T> =>
    retryConflicts(() => db.transaction().execute(work));

  const tell = (entries: readonly AuditEntry[]): void => {
    for (const listener of listeners) listener(entries);
  };

  const recorder = new Recorder(async (deeds) => {
    await transaction((bound) => auditStore(bound, engine, chain).append(deeds));
    await flush();
    tell(deeds.map(({ entry }) => entry));
  });
  const deedsOf = (actor: Actor, entries: readonly AuditEntry[]): Deed[] => entries.map((entry) => ({ actor, entry }));

  /** Runs the work, and stores its events with what it did. */
  async function recorded<C extends Change<unknown> | undefined>(
    actor: Actor,
    work: (stores: Stores) => Promise<C>,
  ): Promise<C> {
    const change = await transaction(async (bound) => {
      const done = await work(bindStores(bound, engine, chain));
      if (done) await auditStore(bound, engine, chain).append(deedsOf(actor, [done.audit].flat()));
      return done;
    });
    if (change) {
      await flush();
      tell([change.audit].flat());
    }
    return change;
  }

  return {
    ...bindStores(db, engine, chain),
    audit: auditReader(db),
    change: async (actor, work) => (await recorded(actor, work)).result,
    changeIf: async (actor, work) => (await recorded(actor, work))?.result,
    record: (actor, entry) => recorder.record([{ actor, entry }]),
    recordAll: (actor, entries) => recorder.record(deedsOf(actor, entries)),
    unrecorded: (work) => transaction((bound) => work(bindStores(bound, engine, chain))),
    onRecorded(listener) {
      listeners.push(listener);
    },
    close: () => recorder.settled(),
  };
}
