import { isIP } from 'node:net';
import type { Config } from './config.ts';

/**
 * What to warn of at the start: passwords and keys that others on the network can read.
 * @returns undefined where nothing travels in clear, or only on this machine.
 */
export function clearTextWarning(config: Pick<Config, 'host' | 'tls' | 'trustedProxies'>): string | undefined {
  if (config.tls || config.trustedProxies.length > 0 || isLoopback(config.host)) return undefined;
  return (
    `listening on ${config.host} without TLS: passwords and API keys travel in clear. Set WARDLINE_TLS_CERT and ` +
    'WARDLINE_TLS_KEY, or put a proxy with TLS in front and name it in WARDLINE_TRUST_PROXY.'
  );
}

/** True for an address that only programs on this machine reach. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
