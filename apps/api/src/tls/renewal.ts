import { Server } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import type { Certificate } from './certificate.ts';

interface RenewalOptions {
  readonly certificate: Certificate | undefined;
  /** How often the files are read, in milliseconds. */
  readonly everyMs?: number;
}

/**
 * Uses a renewed certificate without a restart. The content of the files is compared, because a notification about
 * them misses what is common: Kubernetes replaces a link to the folder, ACME clients rename a new file into place.
 */
export const renewalPlugin = fp(async (app: FastifyInstance, { certificate, everyMs = 5000 }: RenewalOptions) => {
  const { server } = app;
  if (!certificate || !(server instanceof Server)) return;
  let problem: string | undefined;
  let reported: string | undefined;

  const look = () => {
    try {
      if (certificate.renew(server)) app.log.info('the renewed TLS certificate is in use');
      problem = undefined;
      reported = undefined;
    } catch (error) {
      const found = error instanceof Error ? error.message : String(error);
      // Seen once, it may be a pair of which the second file is still to come; and it is said once.
      if (found === problem && found !== reported) {
        app.log.error({ problem: found }, 'the new TLS certificate cannot be used; the one before stays in use');
        reported = found;
      }
      problem = found;
    }
  };
  const timer = setInterval(look, everyMs).unref();
  app.addHook('onClose', async () => clearInterval(timer));
});
