import { delegateAgentSchema, restResponseOf } from '@wardline/contracts';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import packageJson from '../../../package.json' with { type: 'json' };
import { publicRoute } from '../../access/route-access.ts';
import type { Config } from '../../config.ts';
import { agentFile } from './agent-file.ts';

const tags = ['Delegates'];
const OPEN_SOURCE = publicRoute(
  'The agent is open source and holds nothing of this server; hosts that fetch it have no identity yet.',
);

/** Sent as bytes, so the schema only describes it. */
const text = z.unknown().meta({ type: 'string' });

/** The agent, for whoever installs a delegate: one file that needs nothing but Node. */
export const agentRoutes: FastifyPluginAsyncZod<{ config: Pick<Config, 'agentFile'> }> = async (app, { config }) => {
  const read = agentFile(config.agentFile);

  app.get(
    '/agent',
    {
      config: OPEN_SOURCE,
      schema: {
        tags,
        summary: 'Version and SHA-256 of the agent that this server gives out',
        response: { 200: restResponseOf(delegateAgentSchema) },
      },
    },
    async () => {
      const { bytes, sha256 } = await read();
      const path = '/api/delegates/delegate.mjs';
      const resource = { version: packageJson.version, path, sha256, bytes: bytes.byteLength };
      return { metaData: {}, resource, responseMessages: [] };
    },
  );

  app.get(
    '/delegate.mjs',
    {
      config: OPEN_SOURCE,
      schema: {
        tags,
        summary: 'The agent, as one file for Node 20.19 or newer',
        response: { 200: { description: 'The file.', content: { 'text/javascript': { schema: text } } } },
      },
    },
    async (_request, reply) => {
      const { bytes } = await read();
      return reply
        .type('text/javascript; charset=utf-8')
        .headers({ 'cache-control': 'no-cache', 'content-disposition': 'attachment; filename="delegate.mjs"' })
        .send(bytes);
    },
  );
};
