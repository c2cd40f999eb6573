import { createHash, createHmac } from 'node:crypto';
import type { HttpRequest } from '../http/exchange.ts';
import { ALGORITHM, type Authorization } from './authorization.ts';

/** SHA-256 in lower-case hexadecimal, as canonical requests have it. */
export const sha256Hex = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data, 'utf8').digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** A query that is not well-formed percent-encoding is taken as it stands: no signature will fit it. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return `${encode(decode(name))}=${encode(decode(value.join('=')))}`;
    })
    .sort()
    .join('&');
}

function canonicalHeaders(request: HttpRequest, names: readonly string[]): string {
  const value = (name: string): string =>
    (request.headers.get(name) ?? []).map((text) => text.trim().replace(/ +/g, ' ')).join(',');
  return names.map((name) => `${name}:${value(name)}\n`).join('');
}

/**
 * The request as its signer must have seen it, from the list of signed headers it came with and the bytes received.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
function canonicalRequest(request: HttpRequest, signedHeaders: readonly string[]): string {
  return [
    request.method,
    request.path.split('/').map(encode).join('/'),
    canonicalQuery(request.query),
    canonicalHeaders(request, signedHeaders),
    signedHeaders.join(';'),
    sha256Hex(request.body),
  ].join('\n');
}

/** The signature that the owner of this secret would have made, in hexadecimal. */
export function expectedSignature(request: HttpRequest, auth: Authorization, amzDate: string, secret: string): string {
  const scope = `${auth.date}/${auth.region}/${auth.service}/${auth.terminator}`;
  const toSign = [ALGORITHM, amzDate, scope, sha256Hex(canonicalRequest(request, auth.signedHeaders))].join('\n');
  const key = [auth.date, auth.region, auth.service, auth.terminator].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return hmac(key, toSign).toString('hex');
}
