import { expect, it } from 'vitest';
import { DEFAULT_DEADLINES } from '../ambient.ts';
import { type Caller, call } from './call.ts';
import { ObservedHandler } from './handler.ts';

const callerUntil = (signal: AbortSignal): Caller => ({
  handler: new ObservedHandler(DEFAULT_DEADLINES, () => new Date()),
  deadlines: DEFAULT_DEADLINES,
  signal,
  cancelled: () => signal.aborted,
  scrub: (text) => text,
});

it('a data key that comes after the call was given up is wiped', async () => {
  const Plaintext = new Uint8Array(32).fill(7);
  let answer = (): void => undefined;
  const late = new Promise<{ Plaintext: Uint8Array }>((resolve) => {
    answer = () => resolve({ Plaintext });
  });
  const caller = callerUntil(AbortSignal.abort());
  const result = await call(
    caller,
    'GenerateDataKey',
    () => late,
    (output) => output.Plaintext,
  );
  expect(result).toMatchObject({ ok: false, failure: { kind: 'stopped', why: 'cancelled' } });
  answer();
  await late;
  expect(Plaintext).toEqual(new Uint8Array(32));
});

it('a data key of an unusable answer is wiped', async () => {
  const Plaintext = new Uint8Array(16).fill(7);
  const caller = callerUntil(new AbortController().signal);
  const result = await call(
    caller,
    'GenerateDataKey',
    async () => ({ Plaintext }),
    () => undefined,
  );
  expect(result).toMatchObject({ ok: false, failure: { kind: 'foreign' } });
  expect(Plaintext).toEqual(new Uint8Array(16));
});
