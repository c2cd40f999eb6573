import { HOPS, type HopResult, type Task, type TaskEvent, taskEventSchema } from '@wardline/contracts';
import type { Ambient } from '../ambient.ts';
import { runTask } from '../run-task.ts';

/** A finished run, as a test reads it. */
export interface Run {
  readonly events: readonly TaskEvent[];
  /** Status of each hop, in order. */
  readonly statuses: readonly HopResult['status'][];
  readonly hop: (id: HopResult['hop']) => HopResult;
  readonly finished: Extract<TaskEvent, { type: 'finished' }>;
  /** The code of the finding that the run ended with. */
  readonly cause: string | undefined;
  readonly fact: (hop: HopResult['hop'], name: string) => string | undefined;
}

/** Runs a task to its end; every event must be as the contract says, and each hop must start before it finishes. */
export async function collect(task: Task, ambient: Ambient, signal = new AbortController().signal): Promise<Run> {
  const events: TaskEvent[] = [];
  for await (const event of runTask(task, ambient, signal)) events.push(taskEventSchema.parse(event));
  const results = events.flatMap((event) => (event.type === 'hop-finished' ? [event.result] : []));
  const started = events.flatMap((event) => (event.type === 'hop-started' ? [event.hop] : []));
  const order = results.map(({ hop }) => hop);
  if (`${order}` !== `${HOPS}` || `${started}` !== `${HOPS}`) throw new Error(`Hops out of order: ${order}`);
  const finished = events.at(-1);
  if (finished?.type !== 'finished') throw new Error('The last event is not “finished”.');
  const hop = (id: HopResult['hop']): HopResult => {
    const result = results.find((candidate) => candidate.hop === id);
    if (!result) throw new Error(`No hop ${id}.`);
    return result;
  };
  return {
    events,
    statuses: results.map(({ status }) => status),
    hop,
    finished,
    cause: finished.finding?.code,
    fact: (id, name) => hop(id).facts.find((entry) => entry.name === name)?.value,
  };
}
