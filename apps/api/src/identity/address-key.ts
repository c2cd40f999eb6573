import { isIPv6 } from 'node:net';

/** The part of an IPv6 address that names the network of one customer, in groups of 16 bits (RFC 6177). */
const NETWORK_GROUPS = 4;

/**
 * What attempts from an address are counted under: an IPv4 address itself, the /64 network of an IPv6 address, since
 * whoever has one address of it has 2^64.
 */
export function addressKey(address: string | undefined): string {
  if (address === undefined) return 'unknown';
  const [, mapped] = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address) ?? [];
  if (mapped) return mapped;
  if (!isIPv6(address)) return address;
  const [left = '', right] = (address.split('%')[0] ?? '').split('::');
  const groups = left === '' ? [] : left.split(':');
  const after = right ? right.split(':') : [];
  const zeros = right === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array<string>(zeros).fill('0'), ...after]
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
