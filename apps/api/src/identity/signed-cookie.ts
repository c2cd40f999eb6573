import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * The value of a cookie `value.signature`, where the signature is the library's: HMAC-SHA-256 in base64. Undefined for
 * any other.
 */
export function signedValue(cookie: string, secret: string): string | undefined {
  const text = decode(cookie);
  const dot = text.lastIndexOf('.');
  if (dot < 1) return undefined;
  const value = text.slice(0, dot);
  const given = Buffer.from(text.slice(dot + 1), 'base64');
  const expected = signature(value, secret);
  return given.length === expected.length && timingSafeEqual(given, expected) ? value : undefined;
}

/** The same cookie, made. */
export function signedCookieValue(value: string, secret: string): string {
  return encodeURIComponent(`${value}.${signature(value, secret).toString('base64')}`);
}

function signature(value: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(value).digest();
}

function decode(cookie: string): string {
  try {
    return decodeURIComponent(cookie);
  } catch {
    return '';
  }
}
