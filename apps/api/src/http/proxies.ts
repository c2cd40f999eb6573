import { isIP } from 'node:net';
import { z } from 'zod';

const RULE = 'lists the addresses of the proxies, such as 10.0.0.7 or 10.0.0.0/8, separated by commas';

/**
 * `WARDLINE_TRUST_PROXY`: the proxies whose `X-Forwarded-*` headers are believed. Only addresses and ranges: “any” would
 * let every client choose the address that its sign-ins are limited by and that the audit log keeps.
 */
export const proxiesSchema = z
  .string()
  .optional()
  .transform((text) => text?.split(',').map((part) => part.trim()) ?? [])
  .refine((parts) => parts.every(isAddressOrRange), RULE);

/** An address, or one with the length of its network part (RFC 4632, RFC 4291), which is not everything. */
function isAddressOrRange(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  if (length === undefined) return true;
  return /^[1-9]\d{0,2}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128);
}
