import type { MasterKey } from '@wardline/envelope';
import { type FastifyBaseLogger, fastify } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { v7 as uuid } from 'uuid';
import { accessPlugin } from './access/access-plugin.ts';
import { Authenticator } from './access/authenticator.ts';
import { accessCheckRoutes } from './access/check-routes.ts';
import { lastUsedPlugin } from './access/keep-last-used.ts';
import { Refusals } from './access/refusals.ts';
import { whoAmIRoutes } from './access/who-am-i.ts';
import { apiKeyRoutes } from './api-keys/routes.ts';
import { tokenRoutes } from './api-keys/token-routes.ts';
import { retentionPlugin } from './audit/retention-plugin.ts';
import { auditRoutes } from './audit/routes.ts';
import type { Config } from './config.ts';
import { connectivityPlugin } from './connectivity/connectivity-plugin.ts';
import { connectivityRoutes } from './connectivity/routes.ts';
import { connectorRoutes } from './connectors/routes.ts';
import { connectorSwitchRoutes } from './connectors/switch-routes.ts';
import { DataKeys } from './data-keys/data-keys.ts';
import { dataKeysPlugin } from './data-keys/plugin.ts';
import { unusedKeysPlugin } from './data-keys/unused-keys-plugin.ts';
import { delegateTokenRoutes } from './delegate-tokens/routes.ts';
import { agentRoutes } from './delegates/agent/routes.ts';
import { DelegateHub } from './delegates/connect/hub.ts';
import { storedPresence } from './delegates/connect/presence.ts';
import { delegateConnectRoutes } from './delegates/connect/routes.ts';
import { delegateManagementRoutes } from './delegates/management-routes.ts';
import { processesPlugin } from './delegates/processes/plugin.ts';
import { createProcesses } from './delegates/processes/processes.ts';
import { delegateRoutes } from './delegates/routes.ts';
import { drainPlugin } from './health/drain.ts';
import { healthRoutes } from './health/routes.ts';
import { accountRoutes } from './identity/account-routes.ts';
import { createIdentity } from './identity/identity.ts';
import { signInRoutes } from './identity/routes.ts';
import { secondFactorRoutes } from './identity/second-factor/routes.ts';
import { sessionReader } from './identity/session-reader.ts';
import { ssoRoutes } from './identity/sso/routes.ts';
import { bodyLimitPlugin, OTHER_BYTES } from './limits/body-limit.ts';
import { pipeliningPlugin } from './limits/pipelining.ts';
import { rateLimitPlugin } from './limits/rate-limit.ts';
import { FILE_MS, requestTimePlugin } from './limits/request-time.ts';
import { metricsRoutes } from './metrics/routes.ts';
import { oidcRoutes } from './oidc/routes.ts';
import { signingKeys } from './oidc/signing-keys.ts';
import { consolePlugin } from './plugins/console.ts';
import { answerUnroutable, errorsPlugin } from './plugins/errors.ts';
import { jsonBodiesPlugin } from './plugins/json-bodies.ts';
import { openApiPlugin } from './plugins/open-api.ts';
import { securityHeadersPlugin, withSecurityHeaders } from './plugins/security-headers.ts';
import { proofsPlugin } from './proofs/plugin.ts';
import { regionRoutes } from './regions/routes.ts';
import { rewrapPlugin } from './rewraps/plugin.ts';
import { rewrapRoutes } from './rewraps/routes.ts';
import { roleAssignmentRoutes } from './role-assignments/routes.ts';
import { roleRoutes } from './roles/routes.ts';
import { createRunners } from './runners/runners.ts';
import { secretExportRoutes } from './secrets/export/routes.ts';
import { fileDownloadRoutes } from './secrets/files/download-routes.ts';
import { fileSweepPlugin } from './secrets/files/sweep-plugin.ts';
import { fileUploadRoutes } from './secrets/files/upload-routes.ts';
import { secretManagerRoutes } from './secrets/managers/routes.ts';
import { resolveRoutes } from './secrets/resolve/routes.ts';
import { secretRoutes } from './secrets/routes.ts';
import { secretVersionRoutes } from './secrets/versions/routes.ts';
import { secretYamlRoutes } from './secrets/yaml-routes.ts';
import { serviceAccountRoutes } from './service-accounts/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { simulatorRoutes } from './simulator/routes.ts';
import type { SimulatorHandle } from './simulator/simulator-handle.ts';
import type { Storage } from './storage.ts';
import { testConnectionRoutes } from './test-connection/routes.ts';
import { loadCertificate, tlsOptions } from './tls/certificate.ts';
import { renewalPlugin } from './tls/renewal.ts';
import { usageRoutes } from './usage/routes.ts';
import { userGroupRoutes } from './user-groups/routes.ts';
import { userGroupV2Routes } from './user-groups/v2-routes.ts';
import { ecosystemUserRoutes } from './users/ecosystem-routes.ts';
import { userRoutes } from './users/routes.ts';

/** Everything the application needs from outside; tests pass real ones on other ports and folders. */
export interface Deps {
  readonly config: Config;
  readonly storage: Storage;
  readonly masterKey: MasterKey;
  /** Present when the local simulator runs beside the server. */
  readonly simulator: SimulatorHandle | undefined;
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
}

/** Builds the server, not yet listening: what cuts across first, then one line per feature. */
export async function buildApp(deps: Deps) {
  const certificate = loadCertificate(deps.config);
  const app = fastify({
    ...tlsOptions(certificate),
    trustProxy: deps.config.trustedProxies.length > 0 && [...deps.config.trustedProxies],
    loggerInstance: deps.logger,
    // Never the client's: the audit log and `correlationId` rely on an id being one request's.
    genReqId: () => uuid(),
    bodyLimit: OTHER_BYTES,
    requestTimeout: FILE_MS,
    frameworkErrors: withSecurityHeaders(deps.config, answerUnroutable),
    routerOptions: { maxParamLength: 200 },
    // Draining answers for itself: running requests finish, new ones get the documented 503.
    return503OnClosing: false,
  });
  const authenticator = new Authenticator({ ...deps, accountId: deps.config.accountId }, sessionReader(deps));
  const identity = createIdentity(deps);
  const hub = new DelegateHub();
  const processId = uuid();
  const processes = createProcesses({ ...deps, hub, processId });
  const strangers = new Refusals({
    storage: deps.storage,
    onFailure: (error) =>
      deps.logger.warn({ err: error }, 'refusals of delegates are not on record; they are tried again'),
  });
  const presence = processes.announcing(storedPresence(deps.storage, processId, deps.now, strangers));
  const runners = createRunners({ ...deps, hub, elsewhere: processes.connected });
  const keys = signingKeys(deps);
  const dataKeys = new DataKeys({ ...deps, runners, signingKeys: keys });
  const context = { ...deps, hub, presence, runners, signingKeys: keys, authenticator, dataKeys, processId };
  app.addHook('onClose', () => strangers.close());
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(errorsPlugin);
  await app.register(pipeliningPlugin);
  await app.register(renewalPlugin, { certificate });
  await app.register(securityHeadersPlugin, deps.config);
  await app.register(requestTimePlugin);
  await app.register(drainPlugin);
  await app.register(accessPlugin, context);
  await app.register(rateLimitPlugin, deps.config);
  await app.register(bodyLimitPlugin);
  await app.register(lastUsedPlugin, context);
  await app.register(jsonBodiesPlugin);
  await app.register(openApiPlugin, deps);

  await app.register(whoAmIRoutes);
  await app.register(userRoutes, { ...deps, prefix: '/api/users' });
  await app.register(ecosystemUserRoutes, { ...deps, prefix: '/ng/api/user' });
  await app.register(signInRoutes, { ...identity, prefix: '/api/auth' });
  await app.register(accountRoutes, { ...identity, prefix: '/api/auth' });
  await app.register(secondFactorRoutes, { ...identity, prefix: '/api/auth/second-factor' });
  await app.register(ssoRoutes, { ...identity, prefix: '/api/auth/sso' });
  await app.register(accessCheckRoutes, deps);
  await app.register(roleRoutes, deps);
  await app.register(roleAssignmentRoutes, { ...deps, prefix: '/authz/api/roleassignments' });
  await app.register(userGroupRoutes, { ...deps, prefix: '/ng/api/user-groups' });
  await app.register(userGroupV2Routes, { ...deps, prefix: '/ng/api/v2/user-groups' });
  await app.register(connectorRoutes, { ...context, prefix: '/ng/api/connectors' });
  await app.register(connectorSwitchRoutes, { ...deps, prefix: '/api/connectors' });
  await app.register(testConnectionRoutes, context);
  await app.register(connectivityRoutes, context);
  await app.register(connectivityPlugin, context);
  await app.register(secretRoutes, { ...context, prefix: '/ng/api/v2/secrets' });
  await app.register(secretYamlRoutes, { ...context, prefix: '/ng/api/v2/secrets' });
  await app.register(resolveRoutes, context);
  await app.register(secretManagerRoutes, deps);
  await app.register(fileUploadRoutes, { ...context, prefix: '/ng/api/v2/secrets/files' });
  await app.register(fileDownloadRoutes, { ...context, prefix: '/api/secrets/files' });
  await app.register(fileSweepPlugin, deps);
  await app.register(secretExportRoutes, deps);
  await app.register(secretVersionRoutes, { ...context, prefix: '/api/secrets/:identifier/versions' });
  await app.register(rewrapRoutes, { ...context, prefix: '/api/secrets/rewraps' });
  await app.register(rewrapPlugin, context);
  await app.register(proofsPlugin, context);
  await app.register(usageRoutes, { ...deps, prefix: '/ng/api/entitySetupUsage' });
  await app.register(serviceAccountRoutes, { ...deps, prefix: '/ng/api/serviceaccount' });
  await app.register(apiKeyRoutes, { ...deps, prefix: '/ng/api/apikey' });
  await app.register(tokenRoutes, { ...deps, prefix: '/ng/api/token' });
  await app.register(dataKeysPlugin, context);
  await app.register(unusedKeysPlugin, context);
  await app.register(processesPlugin, processes);
  await app.register(delegateConnectRoutes, context);
  await app.register(delegateTokenRoutes, { ...context, prefix: '/ng/api/delegate-token-ng' });
  await app.register(delegateRoutes, context);
  await app.register(delegateManagementRoutes, { ...deps, prefix: '/api/delegates' });
  await app.register(agentRoutes, { ...deps, prefix: '/api/delegates' });
  await app.register(oidcRoutes, { ...context, prefix: '/ng/api/oidc' });
  await app.register(regionRoutes, { ...deps, prefix: '/api/awshelper' });
  await app.register(settingsRoutes, deps);
  await app.register(simulatorRoutes, deps);
  await app.register(auditRoutes, { ...deps, prefix: '/audit/api' });
  await app.register(retentionPlugin, deps);
  await app.register(metricsRoutes, context);
  await app.register(healthRoutes);
  await app.register(consolePlugin, deps);

  return app;
}
