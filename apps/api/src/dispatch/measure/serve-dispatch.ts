import { randomUUID } from 'node:crypto';
import type { Task } from '@wardline/contracts';
import { fastify } from 'fastify';
import { systemActor } from '../../access/principal.ts';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { createDelegateToken } from '../../delegate-tokens/create-delegate-token.ts';
import { DelegateHub } from '../../delegates/connect/hub.ts';
import { storedPresence } from '../../delegates/connect/presence.ts';
import { delegateConnectRoutes } from '../../delegates/connect/routes.ts';
import { createLogger } from '../../logger.ts';
import { loadMasterKey } from '../../master-key.ts';
import { chooseRunner } from '../../runners/choose-runner.ts';
import { createRunners } from '../../runners/runners.ts';
import { createStorage } from '../../storage.ts';
import { dispatch } from '../dispatch.ts';

const SPEC: Parameters<typeof chooseRunner>[0] = {
  credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['played'] } },
  executeOnDelegate: true,
  delegateSelectors: [],
};
/** Fails at the first hop, before any network. */
const CONNECTION = { keyArn: 'no ARN', region: 'eu-west-1', credential: { type: 'AssumeIAMRole' } } as const;

/**
 * Takes delegates in and, at `/dispatch/:tasks/:atOnce`, gives them tasks as connection tests do, without what a
 * request for a test stores and records: what is left is the way there and back. Answers the seconds that it took.
 */
export async function serveDispatch(dataDir: string): Promise<{ readonly url: string; readonly token: string }> {
  const config = loadConfig({ WARDLINE_DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const database = await openDatabase(config);
  const { masterKey } = await loadMasterKey(config, database);
  const now = () => new Date();
  const storage = createStorage(database, { key: masterKey.deriveKey('audit chain'), now });
  const deps = { config, storage, masterKey, simulator: undefined, logger: createLogger(config), now };
  const hub = new DelegateHub();
  const runners = createRunners({ ...deps, hub, elsewhere: () => [] });
  const wish = { place: {}, name: 'measured', expiresAt: null };
  const { value } = await createDelegateToken(deps, { actor: systemActor('measurement') }, wish);

  const run = async () => {
    const choice = await chooseRunner(SPEC, {}, runners);
    if (choice.kind !== 'delegates') throw new Error('No delegate is connected.');
    const id = randomUUID();
    const task: Task = {
      kind: 'test-connection',
      id,
      deadlineMs: 60_000,
      connection: CONNECTION,
      encryptionContext: {},
    };
    for await (const event of dispatch(task, choice.candidates, new AbortController().signal)) {
      if (event.type === 'finished') return;
    }
  };
  const app = fastify({ loggerInstance: deps.logger });
  await app.register(delegateConnectRoutes, { ...deps, hub, presence: storedPresence(storage, randomUUID(), now) });
  app.get<{ Params: { tasks: string; atOnce: string } }>('/dispatch/:tasks/:atOnce', async ({ params }) => {
    let left = Number(params.tasks);
    const startedAt = performance.now();
    const work = async () => {
      while (left-- > 0) await run();
    };
    await Promise.all(Array.from({ length: Number(params.atOnce) }, work));
    return { seconds: (performance.now() - startedAt) / 1000 };
  });
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), token: value };
}
