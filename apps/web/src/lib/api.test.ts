import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../test-support/fake-server.ts';
import { ApiFailure, apiData, apiRequest } from './api.ts';
import { useReachability } from './reachability.ts';
import { streamEvents } from './stream-events.ts';

const eventSchema = z.object({ type: z.literal('tick'), n: z.number() });

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
});

async function failureOf(work: Promise<unknown>): Promise<ApiFailure> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (!(error instanceof ApiFailure)) throw new Error(`Expected an ApiFailure, got ${String(error)}`);
  return error;
}

describe('a call', () => {
  it('leaves out parameters that are undefined and sends the body as JSON', async () => {
    server.data('POST', '/ng/api/thing', z.string(), 'made');
    const request = { method: 'POST', path: '/ng/api/thing', query: { a: 1, b: undefined }, body: { x: 1 } } as const;
    expect(await apiData({ ...request, schema: z.string() })).toBe('made');
    expect(String(server.requests[0]?.query)).toBe('a=1');
    expect(server.requests[0]?.body).toEqual({ x: 1 });
  });

  it('names the fields that the server refused', async () => {
    server.refuse('GET', '/x', 400, {
      status: 'FAILURE',
      code: 'INVALID_REQUEST',
      message: 'Not as documented.',
      correlationId: 'c-1',
      errors: [{ fieldId: 'connector.name', error: 'Enter a name.' }],
    });
    const failure = await failureOf(apiRequest({ path: '/x', schema: z.unknown() }));
    expect(failure).toMatchObject({ message: 'Not as documented.', status: 400 });
    expect(failure.fields).toEqual([{ fieldId: 'connector.name', error: 'Enter a name.' }]);
  });

  it('passes on the server’s hints and explanations', async () => {
    const line = { level: 'INFO' as const, exception: null, failureTypes: [] };
    server.refuse('GET', '/x', 400, {
      status: 'ERROR',
      code: 'SECRET_MANAGEMENT_ERROR',
      message: 'Refused.',
      correlationId: 'c-1',
      detailedMessage: null,
      responseMessages: [
        { ...line, code: 'HINT', message: 'Use the built-in one.' },
        { ...line, level: 'ERROR' as const, code: 'SECRET_MANAGEMENT_ERROR', message: 'Refused.' },
      ],
      metadata: null,
    });
    const failure = await failureOf(apiRequest({ path: '/x', schema: z.unknown() }));
    expect(failure.hints).toEqual(['Use the built-in one.']);
  });

  it('says where an answer differs from the contract', async () => {
    server.answer('GET', '/x', z.unknown(), { version: 3 });
    const failure = await failureOf(apiRequest({ path: '/x', schema: z.object({ version: z.string() }) }));
    expect(failure.message).toContain('version');
    expect(failure.hints[0]).toContain('Reload');
  });

  it('raises a suspicion when the server can’t be reached, and no more than that', async () => {
    server.disconnect('GET', '/x');
    const failure = await failureOf(apiRequest({ path: '/x', schema: z.unknown() }));
    expect(failure).toMatchObject({ status: 0, message: expect.stringContaining('can’t be reached') });
    expect(useReachability.getState().server).toBe('suspected');
  });
});

describe('a stream of events', () => {
  const collect = async (): Promise<number[]> => {
    const numbers: number[] = [];
    const { signal } = new AbortController();
    for await (const { n } of streamEvents({ path: '/stream', schema: eventSchema, signal })) numbers.push(n);
    return numbers;
  };

  it('yields each event in its order and ends with the stream', async () => {
    server.stream('POST', '/stream', eventSchema, [
      { type: 'tick', n: 1 },
      { type: 'tick', n: 2 },
    ]);
    expect(await collect()).toEqual([1, 2]);
  });

  it('fails as a call does when the server refuses', async () => {
    server.refuse('POST', '/stream', 404, {
      status: 'FAILURE',
      code: 'ENTITY_NOT_FOUND',
      message: 'Gone.',
      correlationId: 'c-1',
      errors: null,
    });
    expect((await failureOf(collect())).isNotFound).toBe(true);
  });
});
