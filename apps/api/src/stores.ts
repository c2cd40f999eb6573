import type { Kysely } from 'kysely';
import { accessStore } from './access/store.ts';
import { apiKeyStore } from './api-keys/store.ts';
import { tokenStore } from './api-keys/token-store.ts';
import { retentionStore } from './audit/retention-store.ts';
import type { Chain } from './audit/store.ts';
import { outcomeStore } from './connectivity/outcome-store.ts';
import { scheduleStore } from './connectivity/schedule-store.ts';
import { connectorStore } from './connectors/store.ts';
import { dataKeyStore } from './data-keys/store.ts';
import type { Engine } from './db/client.ts';
import type { Tables } from './db/schema.ts';
import { delegateTokenStore } from './delegate-tokens/store.ts';
import { delegateInstanceStore } from './delegates/instance-store.ts';
import { heldDelegateStore } from './delegates/processes/held-delegate-store.ts';
import { processStore } from './delegates/processes/process-store.ts';
import { remoteTaskStore } from './delegates/processes/remote-task-store.ts';
import { oneTimeLinkStore } from './identity/one-time-links/store.ts';
import { usedCodeStore } from './identity/second-factor/used-code-store.ts';
import { sessionStore } from './identity/session-store.ts';
import type { SignInTables } from './identity/sign-in-tables.ts';
import { signInStore } from './identity/store.ts';
import { leaseStore } from './leases/store.ts';
import { oidcKeyStore } from './oidc/store.ts';
import { proofStore } from './proofs/store.ts';
import { rewrapStore } from './rewraps/store.ts';
import { principalStore } from './role-assignments/principal-store.ts';
import { roleAssignmentStore } from './role-assignments/store.ts';
import { roleStore } from './roles/store.ts';
import { exportedSecretStore } from './secrets/export/exported-secrets.ts';
import { fileBodyStore } from './secrets/files/body-store.ts';
import { managerFactsStore } from './secrets/managers/manager-facts-store.ts';
import { readableSecretStore } from './secrets/resolve/readable-secrets.ts';
import { secretStore } from './secrets/store.ts';
import { secretValueStore } from './secrets/values/store.ts';
import { secretVersionStore } from './secrets/versions/store.ts';
import { serviceAccountStore } from './service-accounts/store.ts';
import { usageStore } from './usage/store.ts';
import { groupMemberStore } from './user-groups/member-store.ts';
import { userGroupStore } from './user-groups/store.ts';
import { userStore } from './users/store.ts';

/** A connection or a transaction, and what its stores need to know. */
interface Bound {
  readonly db: Kysely<Tables>;
  readonly engine: Engine;
  readonly chain: Chain;
}

const STORES = {
  connectors: ({ db, engine }: Bound) => connectorStore(db, engine),
  dataKeys: ({ db, engine }: Bound) => dataKeyStore(db, engine),
  outcomes: ({ db, engine }: Bound) => outcomeStore(db, engine),
  schedule: ({ db, engine }: Bound) => scheduleStore(db, engine),
  secrets: ({ db, engine }: Bound) => secretStore(db, engine),
  secretVersions: ({ db }: Bound) => secretVersionStore(db),
  proofs: ({ db }: Bound) => proofStore(db),
  rewraps: ({ db }: Bound) => rewrapStore(db),
  leases: ({ db }: Bound) => leaseStore(db),
  secretValues: ({ db }: Bound) => secretValueStore(db),
  readableSecrets: ({ db }: Bound) => readableSecretStore(db),
  managerFacts: ({ db }: Bound) => managerFactsStore(db),
  fileBodies: ({ db }: Bound) => fileBodyStore(db),
  exportedSecrets: ({ db }: Bound) => exportedSecretStore(db),
  usage: ({ db }: Bound) => usageStore(db),
  oidcKeys: ({ db }: Bound) => oidcKeyStore(db),
  access: ({ db }: Bound) => accessStore(db),
  serviceAccounts: ({ db, engine }: Bound) => serviceAccountStore(db, engine),
  apiKeys: ({ db, engine }: Bound) => apiKeyStore(db, engine),
  tokens: ({ db, engine }: Bound) => tokenStore(db, engine),
  roleAssignments: ({ db, engine }: Bound) => roleAssignmentStore(db, engine),
  principals: ({ db, engine }: Bound) => principalStore(db, engine),
  roles: ({ db, engine }: Bound) => roleStore(db, engine),
  userGroups: ({ db, engine }: Bound) => userGroupStore(db, engine),
  groupMembers: ({ db }: Bound) => groupMemberStore(db),
  users: ({ db, engine }: Bound) => userStore(db, engine),
  oneTimeLinks: ({ db }: Bound) => oneTimeLinkStore(db),
  usedCodes: ({ db }: Bound) => usedCodeStore(db),
  signIn: ({ db }: Bound) => signInStore(db),
  sessions: ({ db }: Bound) => sessionStore(db),
  /** For the queries of the sign-in library, and nothing else. */
  signInTables: ({ db }: Bound) => db.withTables<SignInTables>(),
  auditRetention: ({ db, engine, chain }: Bound) => retentionStore(db, engine, chain.key),
  delegateTokens: ({ db }: Bound) => delegateTokenStore(db),
  delegateInstances: ({ db }: Bound) => delegateInstanceStore(db),
  heldDelegates: ({ db }: Bound) => heldDelegateStore(db),
  processes: ({ db }: Bound) => processStore(db),
  remoteTasks: ({ db }: Bound) => remoteTaskStore(db),
};

/** The queries of every feature, bound to one connection or one transaction. */
export type Stores = { readonly [Name in keyof typeof STORES]: ReturnType<(typeof STORES)[Name]> };

/** Makes each store when it is first asked for: every write has a transaction, which needs two or three of them. */
class LazyStores {
  readonly bound: Bound;

  constructor(bound: Bound) {
    this.bound = bound;
  }

  static {
    for (const [name, make] of Object.entries(STORES)) {
      Object.defineProperty(LazyStores.prototype, name, {
        get(this: LazyStores) {
          const value = make(this.bound);
          Object.defineProperty(this, name, { value });
          return value;
        },
      });
    }
  }
}

/** The stores of a transaction. */
export const bindStores = (bound: Bound): Stores => new LazyStores(bound) as object as Stores;

/** The stores of a connection that is kept: all of them, as properties of one plain object. */
export const openStores = (bound: Bound): Stores =>
  Object.fromEntries(Object.entries(STORES).map(([name, make]) => [name, make(bound)])) as Stores;
