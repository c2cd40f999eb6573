import { type EncryptionContext, open, seal } from '@wardline/envelope';
import { pino } from 'pino';
import type { Config } from '../../config.ts';
import type { Connector } from '../../connectors/connector.ts';
import type { Engine } from '../../db/client.ts';
import { DelegateHub } from '../../delegates/connect/hub.ts';
import { signingKeys } from '../../oidc/signing-keys.ts';
import type { ConnectedDelegate } from '../../runners/delegate-registry.ts';
import { createRunners } from '../../runners/runners.ts';
import { connector, credentials, seedUser } from '../../test-connection/testing/connectors.ts';
import { createConnector, createSecret } from '../../test-connection/testing/requests.ts';
import { startServer } from '../../test-connection/testing/start-server.ts';
import { type DataKeyReference, DataKeys } from '../data-keys.ts';

/** A message that was encrypted under a data key, as a row of the database has it. */
export interface Sealed {
  readonly dataKeyId: string;
  readonly connector: string;
  readonly message: Uint8Array;
  readonly context: EncryptionContext;
}

interface ProcessOptions {
  readonly bounds?: Partial<Config['dataKeys']>;
  readonly now?: () => Date;
  /** Delegates that are connected to other processes. */
  readonly elsewhere?: () => readonly ConnectedDelegate[];
}

/** A server with the real simulator and connectors of every kind; data keys are used as a process of it would. */
export async function startKeyWorld(engine: Engine) {
  const server = await startServer(engine);
  const { simulator, deps, config } = server;
  const user = seedUser(simulator.seed, 'wardline');
  await createSecret(server, 'access_key', user.accessKeyId);
  await createSecret(server, 'secret_key', user.secretAccessKey);
  let count = 0;

  async function find(identifier: string): Promise<Connector> {
    const found = await deps.storage.connectors.find({}, identifier);
    if (!found) throw new Error(`There is no connector ${identifier}.`);
    return found;
  }

  /** A process of its own, with nothing in memory. */
  function newProcess({ bounds = {}, now = deps.now, elsewhere = () => [] }: ProcessOptions = {}) {
    const dataKeys = new DataKeys({
      ...deps,
      now,
      config: { ...config, dataKeys: { ...config.dataKeys, ...bounds } },
      logger: pino({ level: 'silent' }),
      runners: createRunners({ ...deps, hub: new DelegateHub(), elsewhere }),
      signingKeys: signingKeys(deps),
    });
    return {
      dataKeys,
      async seal(identifier: string, text = 'a value', bytes = Buffer.byteLength(text)): Promise<Sealed> {
        const context = { secret: `secret-${text}` };
        return dataKeys.forSealing(await find(identifier), bytes, (key, dataKeyId) => ({
          dataKeyId,
          connector: identifier,
          message: seal(key, Buffer.from(text), context),
          context,
        }));
      },
      async open(sealed: Sealed, row?: DataKeyReference): Promise<string> {
        return dataKeys.forOpening(row ?? (await reference(sealed)), (key) =>
          Buffer.from(open(key, sealed.message, sealed.context)).toString(),
        );
      },
    };
  }

  /** What the row that a reader reads says. */
  async function reference({ dataKeyId, connector: identifier }: Sealed): Promise<DataKeyReference> {
    const { revisedAt, disabled, name } = await find(identifier);
    return { dataKeyId, connectorRevisedAt: revisedAt, connectorDisabled: disabled, connectorName: name };
  }

  return {
    server,
    simulator,
    find,
    newProcess,
    reference,
    /** A connector that is not used by another test. */
    async connector(
      type: keyof ReturnType<typeof credentials> = 'ManualConfig',
      spec: Parameters<typeof connector>[3] = {},
    ): Promise<string> {
      count += 1;
      const identifier = `${type}_${count}`;
      await createConnector(server, connector(server, identifier, credentials(server)[type], spec));
      return identifier;
    },
    /** How many calls KMS has received during the work, of each kind. */
    async callsDuring(work: () => Promise<unknown>) {
      const { requests } = simulator;
      const counted = () => ({ made: requests.of('kms', 'GenerateDataKey'), opened: requests.of('kms', 'Decrypt') });
      const before = counted();
      await work();
      const after = counted();
      return { made: after.made - before.made, opened: after.opened - before.opened };
    },
    /** Replaces the settings of a connector. */
    async change(
      identifier: string,
      type: keyof ReturnType<typeof credentials>,
      spec: Parameters<typeof connector>[3] = {},
    ) {
      const body = JSON.stringify({ connector: connector(server, identifier, credentials(server)[type], spec) });
      const headers = { 'content-type': 'application/json' };
      const answer = await server.fetch('/ng/api/connectors', { method: 'PUT', headers, body });
      if (answer.status !== 200) throw new Error(`The connector was not changed: ${await answer.text()}`);
    },
    /** Disables or enables a connector. */
    async turn(identifier: string, word: 'disable' | 'enable') {
      const answer = await server.fetch(`/api/connectors/${identifier}/${word}`, { method: 'POST' });
      if (answer.status !== 200) throw new Error(`The connector was not changed: ${await answer.text()}`);
    },
    close: () => server.close(),
  };
}

export type KeyWorld = Awaited<ReturnType<typeof startKeyWorld>>;
