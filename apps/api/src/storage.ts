import type { Kysely } from 'kysely';
import { type ConnectorStore, connectorStore } from './connectors/store.ts';
import type { Database, Engine } from './db/client.ts';
import { retryConflicts } from './db/failures.ts';
import type { Tables } from './db/schema.ts';
import { type OidcKeyStore, oidcKeyStore } from './oidc/store.ts';
import { type SecretStore, secretStore } from './secrets/store.ts';
import { type UsageStore, usageStore } from './usage/store.ts';

/** The queries of every feature, bound to one connection or one transaction. */
interface Stores {
  readonly connectors: ConnectorStore;
  readonly secrets: SecretStore;
  readonly usage: UsageStore;
  readonly oidcKeys: OidcKeyStore;
}

/** Reads go through `stores`; whatever writes more than one row does so inside `transaction`. */
export interface Storage extends Stores {
  /**
   * Runs the work in one transaction on stores bound to it; anything thrown rolls it back. It may run again after a
   * conflict with another transaction, so it touches nothing but the stores.
   */
  transaction<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}

function bindStores(db: Kysely<Tables>, engine: Engine): Stores {
  return {
    connectors: connectorStore(db, engine),
    secrets: secretStore(db, engine),
    usage: usageStore(db),
    oidcKeys: oidcKeyStore(db),
  };
}

/** The stores of an open database. */
export function createStorage({ db, engine }: Database): Storage {
  return {
    ...bindStores(db, engine),
    transaction: (work) =>
      retryConflicts(() => db.transaction().execute((transaction) => work(bindStores(transaction, engine)))),
  };
}
