import { HOPS, type Task, type TaskEvent } from '@wardline/contracts';
import type { TestDelegate } from '../../delegates/testing/test-delegate.ts';

type Hop = (typeof HOPS)[number];

const startedAt = '2026-11-24T10:00:00.000Z';
/** What a delegate finds that can't reach KMS. */
export const UNREACHABLE = {
  code: 'kms-unreachable',
  title: 'KMS cannot be reached',
  explanation: 'No route.',
  fixes: [],
};

/** A test that passes. */
export const passes = (): TaskEvent[] => [
  ...HOPS.map((hop): TaskEvent => ({ type: 'hop-finished', result: hopResult(hop, 'pass') })),
  { type: 'finished', status: 'SUCCESS' },
];

/** A test that fails at a hop. */
export const failsAt = (failing: Hop): TaskEvent[] => [
  ...HOPS.slice(0, HOPS.indexOf(failing)).map(
    (hop): TaskEvent => ({ type: 'hop-finished', result: hopResult(hop, 'pass') }),
  ),
  { type: 'hop-finished', result: { ...hopResult(failing, 'fail'), finding: UNREACHABLE } },
  { type: 'finished', status: 'FAILURE' },
];

export function hopResult(hop: Hop, status: 'pass' | 'fail') {
  const where = { kind: 'delegate', name: 'd', hostName: 'h' } as const;
  return { hop, status, where, startedAt, durationMs: 2, facts: [] };
}

/** The delegate takes the next task and reports this. */
export async function plays(delegate: TestDelegate, events: readonly TaskEvent[]): Promise<Task> {
  const task = await delegate.task();
  delegate.send({ type: 'accepted', id: task.id });
  for (const event of events) delegate.send(delegate.event(task.id, event));
  return task;
}
