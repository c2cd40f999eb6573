import type { Task, TaskEvent } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { type Candidate, dispatch, NobodyRan } from './dispatch.ts';
import { BrokenOff, NotTaken } from './not-run.ts';

const task: Task = {
  kind: 'test-connection',
  id: 'task-1',
  deadlineMs: 5000,
  connection: {
    keyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/a',
    region: 'eu-west-1',
    credential: { type: 'AssumeIAMRole' },
  },
  encryptionContext: {},
};
const started: TaskEvent = { type: 'hop-started', hop: 'validate', startedAt: '2026-11-24T10:00:00.000Z' };
const finished: TaskEvent = { type: 'finished', status: 'SUCCESS' };

/** A delegate that reports these events and then, if it has an error, breaks off with it. */
function delegate(name: string, load: number, events: readonly TaskEvent[], error?: Error): Candidate {
  return {
    id: name,
    load: () => load,
    runner: {
      runner: { kind: 'delegate', name, hostName: `${name}-host` },
      async *run() {
        yield* events;
        if (error) throw error;
      },
    },
  };
}

async function run(...candidates: Candidate[]) {
  const events = [];
  for await (const event of dispatch(task, candidates, new AbortController().signal)) events.push(event);
  return events;
}

const chosen = (name: string, before: object[] = []) => ({ type: 'delegate', delegateId: name, name, before });

describe('dispatching a task', () => {
  it('gives it to the least busy', async () => {
    const [first] = await run(delegate('busy', 0.9, [finished]), delegate('idle', 0.1, [finished]));
    expect(first).toMatchObject(chosen('idle'));
  });

  it('spreads tasks over those that are equally busy', async () => {
    const names = new Set<unknown>();
    for (let n = 0; n < 50; n += 1) {
      const [first] = await run(delegate('a', 0, [finished]), delegate('b', 0, [finished]));
      names.add(first?.type === 'delegate' && first.name);
    }
    expect(names).toEqual(new Set(['a', 'b']));
  });

  it('passes over whoever does not take it, as if they had never been asked', async () => {
    const events = await run(delegate('full', 0, [], new NotTaken('busy')), delegate('free', 1, [started, finished]));
    expect(events).toMatchObject([
      chosen('free', [{ name: 'full', hostName: 'full-host', outcome: 'busy' }]),
      started,
      finished,
    ]);
  });

  it('begins anew on another one when a delegate dies on the way, and says so', async () => {
    const dies = delegate('dies', 0, [started], new BrokenOff('disconnected'));
    const events = await run(dies, delegate('lives', 1, [started, finished]));
    expect(events).toMatchObject([
      chosen('dies'),
      started,
      chosen('lives', [{ name: 'dies', outcome: 'disconnected' }]),
      started,
      finished,
    ]);
  });

  it('ends with what became of it at each, when nobody ran it', async () => {
    const nobody = run(delegate('a', 0, [], new NotTaken('no-answer')), delegate('b', 1, [], new BrokenOff('crashed')));
    await expect(nobody).rejects.toBeInstanceOf(NobodyRan);
    await expect(nobody).rejects.toMatchObject({
      attempts: [
        { name: 'a', outcome: 'no-answer' },
        { name: 'b', outcome: 'crashed' },
      ],
    });
  });

  it('does not take an error of its own for one of the delegate', async () => {
    const bug = new TypeError('a bug');
    await expect(run(delegate('a', 0, [], bug), delegate('b', 1, [finished]))).rejects.toBe(bug);
  });
});
