import { timingSafeEqual } from 'node:crypto';
import { type HttpRequest, header } from '../http/exchange.ts';
import type { Credential } from '../identity/find-credential.ts';
import type { Caller } from '../policy/principals.ts';
import { type Authorization, parseAuthorization } from './authorization.ts';
import { expectedSignature, sha256Hex } from './signature.ts';

/** Why a request is not authentic; each service has its own code for each. */
export type SignatureProblemKind = 'missing' | 'malformed' | 'unknown-key' | 'expired-token' | 'mismatch';

/** A request that is not authentic, with AWS's text. */
export class SignatureProblem extends Error {
  override readonly name = 'SignatureProblem';
  readonly kind: SignatureProblemKind;

  constructor(kind: SignatureProblemKind, message: string) {
    super(message);
    this.kind = kind;
  }
}

/** What a service expects of its requests. */
export interface VerifierOptions {
  readonly service: 'kms' | 'sts';
  readonly region: string;
  /** How far the signer's clock may be off, either way: 5 minutes at KMS, 15 at STS. */
  readonly windowMinutes: number;
  readonly find: (accessKeyId: string, token: string | undefined) => Credential;
}

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key ' +
  'and signing method. Consult the service documentation for details.';

/** `20261123T101500Z`, the time format of `x-amz-date`. */
export const amzDate = (time: Date): string => time.toISOString().replace(/[-:]|\.\d{3}/g, '');

function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

function wellFormed(request: HttpRequest): { auth: Authorization; signedAt: Date } {
  const authorization = header(request, 'authorization');
  if (authorization === undefined) throw new SignatureProblem('missing', 'Missing Authentication Token');
  const auth = parseAuthorization(authorization);
  if (!auth) {
    const wanted = "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters.";
    throw new SignatureProblem('malformed', wanted);
  }
  const signedAt = parseAmzDate(header(request, 'x-amz-date') ?? '');
  if (!signedAt) throw new SignatureProblem('malformed', "Authorization header requires a valid 'X-Amz-Date' header.");
  const required = ['host', 'x-amz-date', 'x-amz-security-token', 'x-amz-target'];
  for (const name of required) {
    const present = name === 'host' || request.headers.has(name);
    if (present && !auth.signedHeaders.includes(name)) {
      throw new SignatureProblem('mismatch', `'${name}' must be a 'SignedHeader' in the AWS Authorization.`);
    }
  }
  return { auth, signedAt };
}

function checkScope(auth: Authorization, signedAt: Date, { region, service }: VerifierOptions): void {
  const mismatch = (text: string): SignatureProblem => new SignatureProblem('mismatch', text);
  const day = amzDate(signedAt).slice(0, 8);
  if (auth.date !== day) {
    throw mismatch(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${auth.date}' != '${day}'.`,
    );
  }
  if (auth.region !== region) throw mismatch(`Credential should be scoped to a valid region, not '${auth.region}'.`);
  if (auth.service !== service) throw mismatch(`Credential should be scoped to correct service: '${service}'.`);
  if (auth.terminator !== 'aws4_request') {
    throw mismatch("Credential should be scoped with a valid terminator: 'aws4_request'.");
  }
}

function checkTime(signedAt: Date, now: Date, minutes: number): void {
  const [earliest, latest] = [-1, 1].map((sign) => new Date(now.getTime() + sign * minutes * 60_000));
  if (earliest && signedAt < earliest) {
    const text = `Signature expired: ${amzDate(signedAt)} is now earlier than ${amzDate(earliest)} (${amzDate(now)} - ${minutes} min.)`;
    throw new SignatureProblem('mismatch', text);
  }
  if (latest && signedAt > latest) {
    const text = `Signature not yet current: ${amzDate(signedAt)} is still later than ${amzDate(latest)} (${amzDate(now)} + ${minutes} min.)`;
    throw new SignatureProblem('mismatch', text);
  }
}

function checkSignature(request: HttpRequest, auth: Authorization, secret: string): void {
  const declared = header(request, 'x-amz-content-sha256');
  const bodyIsWhole = declared === undefined || declared === sha256Hex(request.body);
  const expected = expectedSignature(request, auth, header(request, 'x-amz-date') ?? '', secret);
  const same = timingSafeEqual(Buffer.from(expected, 'hex'), Buffer.from(auth.signature, 'hex'));
  if (!same || !bodyIsWhole) throw new SignatureProblem('mismatch', MISMATCH);
}

/**
 * Who signed this request. Checks, in AWS's order: header, key, session token and its expiry, scope, time, signature.
 * @throws SignatureProblem
 */
export function verifyRequest(request: HttpRequest, options: VerifierOptions, now: Date): Caller {
  const { auth, signedAt } = wellFormed(request);
  const credential = options.find(auth.accessKeyId, header(request, 'x-amz-security-token'));
  switch (credential.kind) {
    case 'unknown':
      throw new SignatureProblem('unknown-key', 'The security token included in the request is invalid.');
    case 'expired':
      throw new SignatureProblem('expired-token', 'The security token included in the request is expired');
    case 'valid':
      checkScope(auth, signedAt, options);
      checkTime(signedAt, now, options.windowMinutes);
      checkSignature(request, auth, credential.secretAccessKey);
      return credential.caller;
  }
}
