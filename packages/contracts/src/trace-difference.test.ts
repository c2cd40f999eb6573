import { describe, expect, it } from 'vitest';
import type { TestResult } from './test-result.ts';
import { HOPS, type HopId, type HopResult } from './trace.ts';
import { firstDifference } from './trace-difference.ts';

const where = { kind: 'delegate', name: 'd', hostName: 'h' } as const;
const finding = (code: string) => ({ code, title: code, explanation: code, fixes: [] });

/** A trace up to and including a hop, which ends as told. */
function trace(last: HopId, end: Partial<HopResult> = {}): HopResult[] {
  const hops = HOPS.slice(0, HOPS.indexOf(last) + 1);
  const passed = { status: 'pass' as const, where, startedAt: '2026-01-01T00:00:00.000Z', durationMs: 3, facts: [] };
  return hops.map((hop) => ({ hop, ...passed, ...(hop === last && end) }));
}

const test = (name: string, hops: HopResult[], because: TestResult['finding'] = null) => ({
  name,
  result: { trace: hops, finding: because },
});
const whole = trace('context-binding');

describe('the first difference of several tests', () => {
  it('is none where all came out alike, whatever time they took', () => {
    const slow = whole.map((hop) => ({ ...hop, durationMs: 900 }));
    expect(firstDifference([test('a', whole), test('b', slow)])).toBeUndefined();
    expect(firstDifference([test('a', whole)])).toBeUndefined();
    expect(firstDifference([])).toBeUndefined();
  });

  it('is the hop at which one failed, not the later ones that it did not reach', () => {
    const failed = trace('describe-key', { status: 'fail', finding: finding('kms-unreachable') });
    expect(firstDifference([test('b', failed), test('a', whole), test('c', whole)])).toEqual({
      hop: 'describe-key',
      groups: [
        { outcome: { status: 'pass', code: null }, names: ['a', 'c'] },
        { outcome: { status: 'fail', code: 'kms-unreachable' }, names: ['b'] },
      ],
    });
  });

  it('tells failures of the same hop apart by what was found', () => {
    const one = trace('identity', { status: 'fail', finding: finding('clock-skew') });
    const other = trace('identity', { status: 'fail', finding: finding('dns') });
    expect(firstDifference([test('a', one), test('b', other)])).toMatchObject({
      hop: 'identity',
      groups: [{ outcome: { code: 'clock-skew' } }, { outcome: { code: 'dns' } }],
    });
  });

  it('counts a warning as another outcome than a pass', () => {
    const warned = whole.map((hop) => (hop.hop === 'identity' ? { ...hop, status: 'warn' as const } : hop));
    expect(firstDifference([test('a', whole), test('b', warned)])).toMatchObject({ hop: 'identity' });
  });

  it('says where a delegate broke off, and why', () => {
    const broken = test('b', trace('identity'), finding('delegate-broke-off'));
    expect(firstDifference([test('a', whole), broken])).toEqual({
      hop: 'assume-role',
      groups: [
        { outcome: { status: 'pass', code: null }, names: ['a'] },
        { outcome: { status: 'not-reached', code: 'delegate-broke-off' }, names: ['b'] },
      ],
    });
  });

  it('compares what AWS answered where there is no finding', () => {
    const aws = (code: string) => ({ status: 'fail', aws: { operation: 'Decrypt', code } }) as const;
    const tests = [test('a', trace('decrypt', aws('Throttling'))), test('b', trace('decrypt', aws('KMSInternal')))];
    expect(firstDifference(tests)).toMatchObject({ hop: 'decrypt' });
  });
});
