import { isIP } from 'node:net';
import type { Config } from './config.ts';

/**
 * What to warn of at the start: passwords, keys and sessions that others on the network can read.
 * @returns undefined where nothing travels in clear, or only on this machine.
 */
export function clearTextWarning(
  config: Pick<Config, 'host' | 'tls' | 'trustedProxies' | 'publicUrl'>,
): string | undefined {
  if (config.tls) return undefined;
  if (config.trustedProxies.length > 0) return sessionWarning(config.publicUrl);
  if (isLoopback(config.host)) return undefined;
  return (
    `listening on ${config.host} without TLS: passwords and API keys travel in clear. Set WARDLINE_TLS_CERT and ` +
    'WARDLINE_TLS_KEY, or put a proxy with TLS in front and name it in WARDLINE_TRUST_PROXY.'
  );
}

/** A cookie is kept to TLS only where the server knows that browsers come by it. */
function sessionWarning(publicUrl: string): string | undefined {
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === 'https:') return undefined;
  return (
    `behind a proxy with the public URL ${protocol}//${hostname}: browsers would send the cookies of sessions in clear too. ` +
    'If the proxy speaks TLS, set WARDLINE_PUBLIC_URL to its https:// address.'
  );
}

/** True for an address that only programs on this machine reach. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
