import type { ServerOptions } from 'node:https';
import type { SecureContext, Server } from 'node:tls';
import type { Config } from '../config.ts';
import { type KeyPair, type KeyPairPaths, MIN_VERSION, readKeyPair, secureContext } from './key-pair.ts';

/** The certificate in use, which a renewed one replaces while connections stay open. */
export class Certificate {
  readonly #paths: KeyPairPaths;
  #pair: KeyPair;
  #context: SecureContext;

  /** @throws ConfigError where the files cannot be read or do not belong together. */
  constructor(paths: KeyPairPaths) {
    this.#paths = paths;
    this.#pair = readKeyPair(paths);
    this.#context = secureContext(this.#pair, paths);
  }

  /**
   * Options of a server with this certificate. A client that names the host is served by the callback, so that every
   * server made with these options has the certificate of the moment; others are served by {@link renew}'s server.
   */
  get serverOptions(): ServerOptions {
    return { ...this.#pair, minVersion: MIN_VERSION, SNICallback: (_name, done) => done(null, this.#context) };
  }

  /**
   * Takes the pair that the files hold now, for new connections of the server.
   * @returns whether it is another one.
   * @throws ConfigError where it cannot be used; the pair before stays in use.
   */
  renew(server: Pick<Server, 'setSecureContext'>): boolean {
    const pair = readKeyPair(this.#paths);
    if (pair.cert === this.#pair.cert && pair.key === this.#pair.key) return false;
    this.#context = secureContext(pair, this.#paths);
    this.#pair = pair;
    server.setSecureContext({ ...pair, minVersion: MIN_VERSION });
    return true;
  }
}

/** The configured certificate, if the server speaks TLS itself. @throws ConfigError where it cannot be used. */
export function loadCertificate({ tls }: Pick<Config, 'tls'>): Certificate | undefined {
  return tls && new Certificate(tls);
}

/** What makes Fastify's server speak TLS. Typed as an addition, so that plugins need not know which server they are on. */
export function tlsOptions(certificate: Certificate | undefined): object {
  return certificate ? { https: certificate.serverOptions } : {};
}
