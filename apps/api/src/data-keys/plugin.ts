import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Storage } from '../storage.ts';
import type { DataKeys } from './data-keys.ts';

/** How often data keys are looked through for those that are not to be kept any longer, in milliseconds. */
const SWEEP_MS = 30_000;

interface DataKeysOptions {
  readonly dataKeys: DataKeys;
  readonly storage: Pick<Storage, 'onRecorded'>;
}

/** Wipes data keys that are too old or whose connector was changed, also where nobody asks for them, and all at the end. */
export const dataKeysPlugin = fp(async (app: FastifyInstance, { dataKeys, storage }: DataKeysOptions) => {
  const sweep = () => {
    dataKeys.sweep().catch((error: unknown) => {
      dataKeys.sweepOld();
      app.log.warn({ err: error }, 'data keys of changed connectors could not be looked for');
    });
  };
  const timer = setInterval(sweep, SWEEP_MS).unref();
  storage.onRecorded((entries) => {
    if (entries.some(changesConnectors)) sweep();
  });
  app.addHook('onClose', async () => {
    clearInterval(timer);
    dataKeys.close();
  });
});

/** A change of a connector, or of a secret that connectors name. */
const changesConnectors = ({ resource, action, details }: AuditEntry): boolean =>
  resource.type === 'CONNECTOR' ? action !== 'CREATE' : resource.type === 'SECRET' && details?.connectors !== undefined;
