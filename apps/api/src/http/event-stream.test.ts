import { text } from 'node:stream/consumers';
import type { TestEvent } from '@wardline/contracts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventStream } from './event-stream.ts';

const started: TestEvent = { type: 'hop-started', hop: 'validate', startedAt: '2026-01-02T03:04:05.000Z' };

afterEach(() => {
  vi.useRealTimers();
});

describe('the event stream', () => {
  it('names each event and carries it whole, on one line', async () => {
    async function* events() {
      yield started;
    }
    expect(await text(eventStream(events()))).toBe(`event: hop-started\ndata: ${JSON.stringify(started)}\n\n`);
  });

  it('writes a comment every 15 seconds of silence, so that proxies keep the connection', async () => {
    vi.useFakeTimers();
    let finish = () => {};
    async function* events(): AsyncGenerator<TestEvent> {
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    }
    const stream = eventStream(events());
    const whole = text(stream);
    await vi.advanceTimersByTimeAsync(31_000);
    finish();
    expect(await whole).toBe(': keep-alive\n\n: keep-alive\n\n');
  });

  it('breaks off without a result when the test ends in an exception', async () => {
    async function* events(): AsyncGenerator<TestEvent> {
      yield started;
      throw new Error('a bug');
    }
    await expect(text(eventStream(events()))).rejects.toThrow('a bug');
  });
});
