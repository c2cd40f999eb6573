import { HOPS, type HopResult, type TestResult } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { passedTest } from '../../test-support/fixtures.ts';
import { hopsOf, IDLE_RUN, reduceTestRun, type TestRun } from './test-run.ts';

const trace = passedTest().trace;
const first = trace[0] as HopResult;
const running = reduceTestRun(IDLE_RUN, { type: 'started' });
const statusOf = (run: TestRun, index: number) => run.hops[index]?.status;

describe('a running test', () => {
  it('starts with every hop waiting, in order', () => {
    expect(running.state).toBe('running');
    expect(running.hops.map(({ hop }) => hop)).toEqual([...HOPS]);
    expect(running.hops.every(({ status }) => status === 'waiting')).toBe(true);
  });

  it('follows a hop from its start to its result', () => {
    const started = reduceTestRun(running, { type: 'hop-started', hop: 'validate', startedAt: first.startedAt });
    expect(statusOf(started, 0)).toBe('running');
    const finished = reduceTestRun(started, { type: 'hop-finished', result: first });
    expect(finished.hops[0]).toEqual({ status: 'finished', hop: 'validate', result: first });
    expect(statusOf(finished, 1)).toBe('waiting');
  });

  it('takes the final result as the truth, and marks hops that it lacks as not reached', () => {
    const result: TestResult = passedTest({ status: 'FAILURE', trace: trace.slice(0, 2) });
    const done = reduceTestRun(running, { type: 'result', result });
    expect(done).toMatchObject({ state: 'done', result: { status: 'FAILURE' } });
    expect([statusOf(done, 1), statusOf(done, 2)]).toEqual(['finished', 'not-reached']);
  });

  it('keeps what was found out when the connection is lost', () => {
    const one = reduceTestRun(running, { type: 'hop-finished', result: first });
    const two = reduceTestRun(one, { type: 'hop-started', hop: 'credentials', startedAt: first.startedAt });
    const lost = reduceTestRun(two, { type: 'lost', error: new Error('gone') });
    expect(lost.state).toBe('failed');
    expect([statusOf(lost, 0), statusOf(lost, 1)]).toEqual(['finished', 'not-reached']);
  });

  it('begins the trace anew when another delegate takes over, and keeps who that is to the end', () => {
    const before = [{ name: 'one', hostName: 'host-1', outcome: 'disconnected' }] as const;
    const taken = { type: 'delegate', delegateId: 'd2', name: 'two', hostName: 'host-2', before } as const;
    const one = reduceTestRun(running, { type: 'hop-finished', result: first });
    const two = reduceTestRun(one, taken);
    expect([statusOf(two, 0), two.takenBy]).toEqual(['waiting', taken]);
    const finished = reduceTestRun(two, { type: 'hop-finished', result: first });
    const done = reduceTestRun(finished, { type: 'result', result: passedTest() });
    expect([finished.takenBy, done.takenBy]).toEqual([taken, taken]);
    expect(reduceTestRun(done, { type: 'started' }).takenBy).toBeUndefined();
  });

  it('forgets the test before when it starts again', () => {
    const done = reduceTestRun(running, { type: 'result', result: passedTest() });
    expect(reduceTestRun(done, { type: 'started' })).toEqual(running);
  });
});

it('orders a stored trace by its hops, whatever order it has', () => {
  expect(hopsOf(trace.toReversed()).map(({ hop }) => hop)).toEqual([...HOPS]);
});
