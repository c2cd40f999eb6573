import { expect, it } from 'vitest';
import type { KeyFailure } from './key-failure.ts';
import { awaitsOtherHalf } from './other-half.ts';

const failed = (code: string): KeyFailure => ({
  code: 'KMS_OPERATION_ERROR',
  temporary: false,
  finding: { code, title: code, explanation: code, fixes: [] },
});
const changedAt = new Date('2026-01-02T03:04:05.000Z');
const connector = { valuesChangedAt: changedAt.toISOString() };
const later = (seconds: number) => new Date(changedAt.getTime() + seconds * 1000);

it.each([
  ['a half that does not fit, replaced a moment ago', connector, 'secret-key-wrong', later(1), true],
  ['a key that AWS does not know yet', connector, 'access-key-unknown', later(9.9), true],
  ['a half that was left alone', connector, 'secret-key-wrong', later(10), false],
  ['what another half does not mend', connector, 'key-disabled', later(1), false],
  ['a connector whose secrets are as they were', { valuesChangedAt: null }, 'secret-key-wrong', later(1), false],
])('%s', (_what, one, code, now, awaits) => {
  expect(awaitsOtherHalf(one, failed(code), now)).toBe(awaits);
});
