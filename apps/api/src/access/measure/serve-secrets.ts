import { type FastifyInstance, fastify } from 'fastify';
import fp from 'fastify-plugin';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { v7 as uuid } from 'uuid';
import type { Deps } from '../../app.ts';
import { loadConfig } from '../../config.ts';
import { openDatabase } from '../../db/client.ts';
import { createLogger } from '../../logger.ts';
import { loadMasterKey } from '../../master-key.ts';
import { errorsPlugin } from '../../plugins/errors.ts';
import { jsonBodiesPlugin } from '../../plugins/json-bodies.ts';
import { secretRoutes } from '../../secrets/routes.ts';
import { bootstrapApiKey } from '../../service-accounts/bootstrap-api-key.ts';
import { createStorage } from '../../storage.ts';
import { accessPlugin } from '../access-plugin.ts';
import { Authenticator } from '../authenticator.ts';
import { Grants } from '../grants.ts';
import { lastUsedPlugin } from '../keep-last-used.ts';
import { systemActor } from '../principal.ts';
import { requestAccess } from '../request-access.ts';

interface ServeOptions {
  readonly checks: 'with' | 'without';
  readonly apiKey: string;
  readonly dataDir: string;
}

/**
 * Serves the routes of secrets on a free port, with everything that finds out who asks and whether they may, or with
 * none of it: the difference is what it costs. The second is no server that anything else could be stored in.
 * @returns its URL.
 */
export async function serveSecrets({ checks, apiKey, dataDir }: ServeOptions): Promise<string> {
  const config = loadConfig({ WARDLINE_DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const database = await openDatabase(config);
  const { masterKey } = await loadMasterKey(config, database);
  const now = () => new Date();
  const storage = createStorage(database, { key: masterKey.deriveKey('audit chain'), now });
  const deps = { config, storage, masterKey, simulator: undefined, logger: createLogger(config), now };
  await bootstrapApiKey(deps, apiKey);

  const app = fastify({ loggerInstance: deps.logger, genReqId: () => uuid() });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(errorsPlugin);
  await app.register(checks === 'with' ? accessChecks : noChecks, deps);
  await app.register(jsonBodiesPlugin);
  await app.register(secretRoutes, {
    ...deps,
    dataKeys: { forSealing: noConnectors, proveNewValue: noConnectors },
    prefix: '/ng/api/v2/secrets',
  });
  return app.listen({ host: '127.0.0.1', port: 0 });
}

const noConnectors = async () => {
  throw new Error('This server has no connectors.');
};

const accessChecks = fp(async (app: FastifyInstance, deps: Deps) => {
  const authenticator = new Authenticator({ ...deps, accountId: deps.config.accountId }, async () => 'unknown');
  await app.register(accessPlugin, { ...deps, authenticator });
  await app.register(lastUsedPlugin, { ...deps, authenticator });
});

const noChecks = fp(async (app: FastifyInstance, { config }: Deps) => {
  const actor = systemActor('measurement');
  const principal = { type: 'SERVICE_ACCOUNT', id: 'none', identifier: 'none', name: 'None' } as const;
  const identity = { principal, authentication: { method: 'api-key', id: 'none' }, grants: new Grants([]) } as const;
  app.decorateRequest('identity', null);
  app.decorateRequest('actor', { getter: () => actor });
  app.decorateRequest('access', { getter: () => requestAccess(identity, config.accountId) });
});
