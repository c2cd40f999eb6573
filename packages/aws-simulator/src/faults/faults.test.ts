import { DescribeKeyCommand, type KMSClientConfig } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Simulator } from '../simulator.ts';
import { startSimulator } from '../start-simulator.ts';
import { kmsClient, stsClient } from '../test-support/clients.ts';
import type { FaultInput } from './fault.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.faults.clear());
afterAll(() => simulator.close());

const describeKey = (more: KMSClientConfig = {}) =>
  kmsClient(simulator, undefined, more).send(new DescribeKeyCommand({ KeyId: 'alias/working' }));
const whoAmI = () => stsClient(simulator).send(new GetCallerIdentityCommand({}));
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

describe('what the SDK makes of each fault at KMS', () => {
  it.each<[FaultInput, object]>([
    [
      { service: 'kms', kind: 'throttle' },
      { name: 'ThrottlingException', ...status(400) },
    ],
    [
      { service: 'kms', kind: 'server-error', status: 500 },
      { name: 'KMSInternalException', ...status(500) },
    ],
    [
      { service: 'kms', kind: 'server-error', status: 503 },
      { name: 'DependencyTimeoutException', ...status(503) },
    ],
    [
      { service: 'kms', kind: 'server-error', status: 500, code: 'KeyUnavailableException' },
      { name: 'KeyUnavailableException', ...status(500) },
    ],
    [{ service: 'kms', kind: 'reset', when: 'before-answer' }, { code: 'ECONNRESET' }],
    [{ service: 'kms', kind: 'reset', when: 'mid-body' }, { code: 'ECONNRESET' }],
    [
      { service: 'kms', kind: 'truncated-body' },
      { name: 'SyntaxError', ...status(200) },
    ],
    [
      { service: 'kms', kind: 'html-body' },
      { name: 'SyntaxError', ...status(200) },
    ],
    [
      { service: 'kms', kind: 'proxy-authentication' },
      { name: 'SyntaxError', ...status(407) },
    ],
    [
      { service: 'kms', kind: 'expired-credentials' },
      { name: 'ExpiredTokenException', ...status(400) },
    ],
    [
      { service: 'kms', kind: 'clock-offset', ms: 3_600_000 },
      { name: 'InvalidSignatureException', ...status(400) },
    ],
    [
      { service: 'kms', kind: 'error', code: 'LimitExceededException', status: 400, message: 'Too many.' },
      { name: 'LimitExceededException', message: 'Too many.' },
    ],
  ])('%o', async (fault, expected) => {
    simulator.faults.add(fault);
    await expect(describeKey()).rejects.toMatchObject(expected);
    simulator.faults.clear();
    await describeKey();
  });

  it.each(['capital-message', 'errortype-header'] as const)(
    'reads an error in the shape %s all the same',
    async (shape) => {
      simulator.faults.add({ service: 'kms', kind: 'error-shape', shape });
      const refused = kmsClient(simulator).send(new DescribeKeyCommand({ KeyId: 'nothing' }));
      await expect(refused).rejects.toMatchObject({ name: 'NotFoundException', message: "Invalid keyId 'nothing'" });
    },
  );

  it('latency delays the answer', async () => {
    simulator.faults.add({ service: 'kms', kind: 'latency', ms: 300 });
    const start = performance.now();
    await describeKey();
    expect(performance.now() - start).toBeGreaterThanOrEqual(295);
  });

  it('a hang ends only with the caller’s deadline', async () => {
    simulator.faults.add({ service: 'kms', kind: 'hang' });
    const requestHandler = { requestTimeout: 300, throwOnRequestTimeout: true };
    await expect(describeKey({ requestHandler })).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  it('with its own clock correction the SDK gets through a clock that is an hour off, on the second attempt', async () => {
    simulator.faults.add({ service: 'kms', kind: 'clock-offset', ms: 3_600_000 });
    const answer = await describeKey({ maxAttempts: 2, disableClockSkewCorrection: false });
    expect(answer.$metadata.attempts).toBe(2);
  });
});

describe('what the SDK makes of faults at STS', () => {
  it.each<[FaultInput, object]>([
    [{ service: 'sts', kind: 'throttle' }, { name: 'Throttling' }],
    [{ service: 'sts', kind: 'server-error', status: 502 }, status(502)],
    [
      { service: 'sts', kind: 'expired-credentials' },
      { name: 'ExpiredToken', ...status(403) },
    ],
    [{ service: 'sts', kind: 'clock-offset', ms: -3_600_000 }, { name: 'SignatureDoesNotMatch' }],
    [
      { service: 'sts', kind: 'error', code: 'RegionDisabledException', status: 403, message: 'STS is not activated.' },
      { name: 'RegionDisabledException', ...status(403) },
    ],
  ])('%o', async (fault, expected) => {
    simulator.faults.add(fault);
    await expect(whoAmI()).rejects.toMatchObject(expected);
  });
});

describe('which requests a fault strikes', () => {
  it('as many as it counts, and then no more', async () => {
    simulator.faults.add({ service: 'kms', kind: 'throttle', count: 2 });
    await expect(describeKey()).rejects.toThrow();
    expect(simulator.faults.list()).toMatchObject([{ kind: 'throttle', count: 1 }]);
    await expect(describeKey()).rejects.toThrow();
    await describeKey();
    expect(simulator.faults.list()).toEqual([]);
  });

  it('those of its service and operation', async () => {
    simulator.faults.add({ service: 'kms', kind: 'throttle', operation: 'Decrypt' });
    simulator.faults.add({ service: 'sts', kind: 'throttle', operation: 'AssumeRole' });
    await describeKey();
    await whoAmI();
    simulator.faults.add({ service: 'kms', kind: 'throttle', operation: 'DescribeKey' });
    await expect(describeKey()).rejects.toThrow();
  });

  it('none once it is taken away, and those of other services stay', async () => {
    const remove = simulator.faults.add({ service: 'kms', kind: 'throttle' });
    simulator.faults.add({ service: 'sts', kind: 'throttle' });
    remove();
    await describeKey();
    simulator.faults.clear('kms');
    await expect(whoAmI()).rejects.toMatchObject({ name: 'Throttling' });
  });

  it('a fault that a service cannot have is refused', () => {
    expect(() => simulator.faults.add({ service: 'imds', kind: 'throttle' } as unknown as FaultInput)).toThrow();
    expect(() => simulator.faults.add({ service: 'kms', kind: 'server-error', status: 200 })).toThrow();
  });
});

it('closing cuts the requests that hang', async () => {
  const own = await startSimulator();
  // Counted, so that it is gone from the list once the request is there.
  own.faults.add({ service: 'sts', kind: 'hang', count: 1 });
  const pending = fetch(own.endpoints.sts, { method: 'POST' });
  const outcome = expect(pending).rejects.toThrow();
  await vi.waitFor(() => expect(own.faults.list()).toEqual([]));
  await own.close();
  await outcome;
});
