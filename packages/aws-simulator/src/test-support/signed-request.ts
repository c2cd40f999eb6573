import { ALGORITHM } from '../sigv4/authorization.ts';
import { expectedSignature } from '../sigv4/signature.ts';
import { amzDate } from '../sigv4/verify-request.ts';
import type { Simulator } from '../simulator.ts';
import { type Credentials, userKeys } from './clients.ts';

/** What may be wrong with a request; `sent` changes it after signing. */
export interface SigningOptions {
  readonly credentials?: Credentials;
  readonly signedAt?: Date;
  readonly scope?: {
    readonly date?: string;
    readonly region?: string;
    readonly service?: string;
    readonly end?: string;
  };
  readonly host?: string;
  readonly unsigned?: readonly string[];
  /** In place of `TrentService.<operation>`. */
  readonly target?: string;
  readonly sent?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> };
}

/** An answer as it came, with the error code and message taken out of it. */
export interface WireAnswer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly headers: Headers;
}

interface Content {
  readonly url: string;
  readonly service: 'kms' | 'sts';
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A request signed by hand, so that every part can be wrong on purpose. The SDK tests show that a right one is right. */
async function post(simulator: Simulator, content: Content, options: SigningOptions): Promise<Response> {
  const { credentials = userKeys(simulator, 'wardline'), signedAt = new Date(), unsigned = [], sent } = options;
  const time = amzDate(signedAt);
  const headers: Record<string, string> = {
    ...content.headers,
    'x-amz-date': time,
    ...(credentials.sessionToken !== undefined && { 'x-amz-security-token': credentials.sessionToken }),
  };
  const signed = { ...headers, host: options.host ?? new URL(content.url).host };
  const signedHeaders = Object.keys(signed)
    .filter((name) => !unsigned.includes(name))
    .sort();
  const {
    date = time.slice(0, 8),
    region = simulator.region,
    service = content.service,
    end = 'aws4_request',
  } = options.scope ?? {};
  const auth = { accessKeyId: credentials.accessKeyId, date, region, service, terminator: end, signedHeaders };
  const request = {
    method: 'POST',
    path: '/',
    query: '',
    headers: new Map(Object.entries(signed).map(([name, value]) => [name, [value]])),
    body: Buffer.from(content.body),
    sourceIp: '127.0.0.1',
  };
  const signature = expectedSignature(request, { ...auth, signature: '' }, time, credentials.secretAccessKey);
  const scope = [auth.accessKeyId, date, region, service, end].join('/');
  const authorization = `${ALGORITHM} Credential=${scope}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return fetch(content.url, {
    method: 'POST',
    body: sent?.body ?? content.body,
    headers: { ...headers, authorization, ...sent?.headers },
  });
}

/** Calls KMS with a request signed by hand. */
export async function callKms(
  simulator: Simulator,
  operation: string,
  input: object,
  options: SigningOptions = {},
): Promise<WireAnswer & { readonly answer: Record<string, unknown> }> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': options.target ?? `TrentService.${operation}`,
  };
  const content = { url: `${simulator.endpoints.kms}/`, service: 'kms', body: JSON.stringify(input), headers } as const;
  const response = await post(simulator, content, options);
  const answer = (await response.json()) as Record<string, unknown>;
  const { __type: code = '', message = '' } = answer as { __type?: string; message?: string };
  return { status: response.status, code, message, headers: response.headers, answer };
}

/** Calls STS with a request signed by hand, or unsigned. */
export async function callSts(
  simulator: Simulator,
  form: Readonly<Record<string, string>>,
  options: SigningOptions | 'unsigned' = {},
): Promise<WireAnswer> {
  const body = new URLSearchParams({ Version: '2011-06-15', ...form }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const url = `${simulator.endpoints.sts}/`;
  const response =
    options === 'unsigned'
      ? await fetch(url, { method: 'POST', body, headers })
      : await post(simulator, { url, service: 'sts', body, headers }, options);
  const text = await response.text();
  const element = (name: string): string =>
    (new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(text)?.[1] ?? '').replaceAll('&apos;', "'");
  return { status: response.status, code: element('Code'), message: element('Message'), headers: response.headers };
}
