import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** A request as the services see it: body bytes untouched, because signatures cover them. */
export interface HttpRequest {
  readonly method: string;
  /** Path without the query, as sent. */
  readonly path: string;
  /** Query without `?`, as sent. */
  readonly query: string;
  /** Lower-case name → every value received, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Buffer;
  readonly sourceIp: string;
}

/** An answer before it is on the wire. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The first value of a header; AWS services ignore repetitions. */
export function header(request: HttpRequest, name: string): string | undefined {
  return request.headers.get(name)?.[0];
}

/** No AWS request that the simulator serves is larger; KMS refuses a body above about 10 kB itself. */
const MAX_BODY_BYTES = 256 * 1024;

/**
 * Reads a whole request.
 * @returns undefined when the body is larger than 256 KiB; the rest of it is then left unread.
 */
export async function readRequest(message: IncomingMessage): Promise<HttpRequest | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > MAX_BODY_BYTES) return undefined;
    chunks.push(bytes);
  }
  const [path = '/', ...query] = (message.url ?? '/').split('?');
  const headers = Object.entries(message.headersDistinct).map(([name, values]) => [name, values ?? []] as const);
  return {
    method: message.method ?? 'GET',
    path,
    query: query.join('?'),
    headers: new Map(headers),
    body: Buffer.concat(chunks),
    sourceIp: (message.socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
  };
}

/** An answer of plain text. */
export function textReply(status: number, body: string, headers: Record<string, string> = {}): HttpReply {
  return { status, headers: { 'content-type': 'text/plain', ...headers }, body };
}

/** An answer of plain JSON, as metadata and the control API give it. */
export function jsonReply(status: number, value: unknown): HttpReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** For `x-amzn-requestid`. */
export const newRequestId = (): string => randomUUID();
