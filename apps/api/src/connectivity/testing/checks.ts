import type { Engine } from '../../db/client.ts';
import { DelegateHub } from '../../delegates/connect/hub.ts';
import { signingKeys } from '../../oidc/signing-keys.ts';
import { createRunners } from '../../runners/runners.ts';
import type { Storage } from '../../storage.ts';
import { connector, credentials, seedUser } from '../../test-connection/testing/connectors.ts';
import { createConnector, createSecret } from '../../test-connection/testing/requests.ts';
import { startServer, type TestServer } from '../../test-connection/testing/start-server.ts';
import { ConnectivityChecks } from '../connectivity-checks.ts';

export const EVERY_MS = 30 * 60_000;

/** A server with the two secrets of a user who may use the key. */
export async function startWithSecrets(engine: Engine): Promise<TestServer> {
  const server = await startServer(engine);
  const user = seedUser(server.simulator.seed, 'wardline');
  await createSecret(server, 'access_key', user.accessKeyId);
  await createSecret(server, 'secret_key', user.secretAccessKey);
  return server;
}

/** A clock that a test moves; it begins with the real time, which AWS compares with its own. */
export class MovableClock {
  #aheadMs = 0;
  readonly now = (): Date => new Date(Date.now() + this.#aheadMs);
  forward(ms: number): void {
    this.#aheadMs += ms;
  }
}

/** The checks of a server, as one of its processes makes them; `most` is how many ever ran at the same time. */
export function checksOf(server: TestServer, clock: MovableClock, storage: Storage = server.deps.storage) {
  const { logger } = server.deps;
  const runners = createRunners({ ...server.deps, hub: new DelegateHub(), elsewhere: () => [] });
  const [embedded] = runners.delegates.connected({});
  if (!embedded) throw new Error('There is no embedded delegate.');
  const seen = { running: 0, most: 0 };
  const { runner } = embedded.candidate;
  const counted: typeof runner = {
    ...runner,
    async *run(task, signal) {
      seen.running += 1;
      seen.most = Math.max(seen.most, seen.running);
      try {
        yield* runner.run(task, signal);
      } finally {
        seen.running -= 1;
      }
    },
  };
  const connected = () => [{ ...embedded, candidate: { ...embedded.candidate, runner: counted } }];
  const deps = { ...server.deps, storage, now: clock.now, logger, signingKeys: signingKeys(server.deps) };
  const delegates = { ...runners.delegates, connected };
  const checks = new ConnectivityChecks({ ...deps, runners: { ...runners, delegates }, everyMs: EVERY_MS });
  return {
    checks,
    most: () => seen.most,
    /** Looks once, and waits until what was due is tested. */
    async lookOnce() {
      await checks.look();
      await checks.settled();
    },
  };
}

/** Stores connectors to the working key, each under the prefix and a number. */
export async function givenConnectors(server: TestServer, prefix: string, count: number): Promise<string[]> {
  const identifiers = Array.from({ length: count }, (_, index) => `${prefix}_${index}`);
  for (const identifier of identifiers) {
    await createConnector(server, connector(server, identifier, credentials(server).ManualConfig));
  }
  return identifiers;
}

/** Every stored test of a connector, oldest first. */
export async function historyOf(server: TestServer, identifier: string) {
  return server.db
    .selectFrom('connectivity_history')
    .innerJoin('connectors', 'connectors.id', 'connectivity_history.connector_id')
    .selectAll('connectivity_history')
    .where('connectors.identifier', '=', identifier)
    .orderBy('at')
    .execute();
}

/** When a connector is checked next, in epoch milliseconds. */
export async function nextOf(server: TestServer, identifier: string): Promise<number> {
  const row = await server.db
    .selectFrom('connectivity_schedule')
    .innerJoin('connectors', 'connectors.id', 'connectivity_schedule.connector_id')
    .select('next_check_at')
    .where('connectors.identifier', '=', identifier)
    .executeTakeFirstOrThrow();
  return Date.parse(row.next_check_at ?? '');
}

/** What the audit log has about tests of a connector, oldest first. */
export async function testEvents(server: TestServer, identifier: string) {
  const rows = await server.db
    .selectFrom('audit_events')
    .select('event')
    .where('resource_identifier', '=', identifier)
    .where('action', '=', 'TEST')
    .orderBy('seq')
    .execute();
  return rows.map(({ event }) => JSON.parse(event) as Record<string, unknown>);
}
