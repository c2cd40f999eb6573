import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { userKeys } from '../test-support/clients.ts';
import { callKms, callSts, type SigningOptions } from '../test-support/signed-request.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const describeKey = (options: SigningOptions) => callKms(simulator, 'DescribeKey', { KeyId: 'alias/working' }, options);
const minutes = (count: number): Date => new Date(Date.now() + count * 60_000);
const MISMATCH = 'The request signature we calculated does not match';

describe('a signed request', () => {
  it('passes as signed', async () => {
    expect((await describeKey({})).status).toBe(200);
  });

  it.each<[string, SigningOptions, string]>([
    ['body', { sent: { body: '{"KeyId":"alias/denied"}' } }, MISMATCH],
    ['operation', { sent: { headers: { 'x-amz-target': 'TrentService.ListAliases' } } }, MISMATCH],
    ['content type', { sent: { headers: { 'content-type': 'application/json' } } }, MISMATCH],
    ['host', { host: 'kms.eu-west-1.amazonaws.com' }, MISMATCH],
    ['host without its port', { host: '127.0.0.1' }, MISMATCH],
    ['payload hash', { sent: { headers: { 'x-amz-content-sha256': '0'.repeat(64) } } }, MISMATCH],
    ['host left unsigned', { unsigned: ['host'] }, "'host' must be a 'SignedHeader'"],
    ['operation left unsigned', { unsigned: ['x-amz-target'] }, "'x-amz-target' must be a 'SignedHeader'"],
    ['scope of another service', { scope: { service: 's3' } }, "Credential should be scoped to correct service: 'kms'"],
    ['scope of another day', { scope: { date: '20200101' } }, 'Date in Credential scope does not match'],
    ['scope with another ending', { scope: { end: 'aws5_request' } }, 'valid terminator'],
    ['time too early', { signedAt: minutes(-5.1) }, 'Signature expired'],
    ['time too late', { signedAt: minutes(5.1) }, 'Signature not yet current'],
  ])('is refused with a wrong %s', async (_what, options, text) => {
    const { status, code, message } = await describeKey(options);
    expect({ status, code }).toEqual({ status: 400, code: 'InvalidSignatureException' });
    expect(message).toContain(text);
  });

  it('has five minutes at KMS and fifteen at STS, both ways', async () => {
    expect((await describeKey({ signedAt: minutes(-4.9) })).status).toBe(200);
    expect((await describeKey({ signedAt: minutes(4.9) })).status).toBe(200);
    const identity = (signedAt: Date) => callSts(simulator, { Action: 'GetCallerIdentity' }, { signedAt });
    expect((await identity(minutes(-14.9))).status).toBe(200);
    expect((await identity(minutes(15.1))).code).toBe('SignatureDoesNotMatch');
  });

  it.each(['', 'Basic dXNlcjpwYXNz', 'AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00'])(
    'is incomplete with the authorization "%s"',
    async (authorization) => {
      const answer = await describeKey({ sent: { headers: { authorization } } });
      expect(answer.code).toBe('IncompleteSignatureException');
    },
  );

  it('is missing where nothing is signed', async () => {
    const kms = await fetch(simulator.endpoints.kms, { method: 'POST', body: '{}' });
    expect(await kms.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' });
    const sts = await callSts(simulator, { Action: 'GetCallerIdentity' }, 'unsigned');
    expect(sts).toMatchObject({ status: 403, code: 'MissingAuthenticationToken' });
  });
});

describe('the order of the checks', () => {
  const wrongSecret = () => ({ ...userKeys(simulator, 'wardline'), secretAccessKey: 'wrong' });
  const nobody = () => ({ accessKeyId: 'AKIANOBODY', secretAccessKey: 'wrong' });
  const wrongScope = { region: 'eu-west-1' };

  it('key before scope, scope before time, time before signature', async () => {
    const unknown = await describeKey({ credentials: nobody(), scope: wrongScope, signedAt: minutes(-60) });
    expect(unknown.code).toBe('UnrecognizedClientException');
    const scope = await describeKey({ credentials: wrongSecret(), scope: wrongScope, signedAt: minutes(-60) });
    expect(scope.message).toContain('Credential should be scoped to a valid region');
    const time = await describeKey({ credentials: wrongSecret(), signedAt: minutes(-60) });
    expect(time.message).toContain('Signature expired');
    const signature = await describeKey({ credentials: wrongSecret() });
    expect(signature.message).toContain(MISMATCH);
  });

  it('signature before anything about the request itself', async () => {
    const options = { credentials: wrongSecret() };
    expect((await callKms(simulator, 'NoSuchOperation', {}, options)).code).toBe('InvalidSignatureException');
    expect((await callKms(simulator, 'NoSuchOperation', {})).code).toBe('UnknownOperationException');
  });

  it('a token that was not given with the key is refused, also with a long-lived key', async () => {
    const credentials = { ...userKeys(simulator, 'wardline'), sessionToken: 'made-up' };
    expect((await describeKey({ credentials })).code).toBe('UnrecognizedClientException');
  });
});
