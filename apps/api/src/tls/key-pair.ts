import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContext } from 'node:tls';
import { ConfigError } from '../config.ts';

/** Where the certificate and its key are. */
export interface KeyPairPaths {
  /** PEM: the server's certificate first, then the authorities between it and the root. */
  readonly certPath: string;
  /** PEM, without a passphrase. */
  readonly keyPath: string;
}

/** The content of both files. */
export interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

/** Reads both files anew. @throws ConfigError naming the variable and the path, where one cannot be read. */
export function readKeyPair({ certPath, keyPath }: KeyPairPaths): KeyPair {
  return { cert: readPem('WARDLINE_TLS_CERT', certPath), key: readPem('WARDLINE_TLS_KEY', keyPath) };
}

function readPem(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new ConfigError(
      `${variable}: ${error instanceof Error ? error.message : error}. Name a file that can be read.`,
    );
  }
}

/**
 * What connections are opened with. Each file is checked alone first, so that the message can say which one is wrong.
 * @throws ConfigError naming the file that cannot be used; never with content of the key.
 */
export function secureContext({ cert, key }: KeyPair, { certPath, keyPath }: KeyPairPaths): SecureContext {
  const attempts = [
    [{ cert }, `WARDLINE_TLS_CERT: ${certPath} holds no certificate in PEM`],
    [{ key }, `WARDLINE_TLS_KEY: ${keyPath} holds no private key in PEM without a passphrase`],
    [{ cert, key }, `WARDLINE_TLS_KEY: ${keyPath} is not the key of the certificate in ${certPath}`],
  ] as const;
  for (const [options, problem] of attempts) {
    try {
      createSecureContext(options);
    } catch (error) {
      throw new ConfigError(`${problem} (${reasonOf(error)}).`);
    }
  }
  return createSecureContext({ cert, key, minVersion: MIN_VERSION });
}

/** Older versions are broken (RFC 8996). */
export const MIN_VERSION = 'TLSv1.2';

/** OpenSSL's own word for it, as its text begins with numbers that help nobody. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'reason' in error && typeof error.reason === 'string' ? error.reason : error.message;
}
