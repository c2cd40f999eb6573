import { randomUUID } from 'node:crypto';
import type { Task, TaskEvent } from '@wardline/contracts';
import {
  answerChallenge,
  delegateTokenKey,
  letIn,
  type ManagerFrame,
  makeChallenge,
  newDelegateToken,
} from '@wardline/delegate-protocol';
import { describe, expect, it } from 'vitest';
import { NotTaken } from '../../dispatch/not-run.ts';
import { DelegateSession } from './delegate-session.ts';

const now = new Date('2026-11-24T10:00:00.000Z');
const self = {
  instanceId: randomUUID(),
  name: 'tested',
  hostName: 'host',
  description: '',
  tags: [],
  version: '0.1.0',
  capacity: 10,
};

function newTask(): Task {
  const credential = { type: 'AssumeIAMRole' } as const;
  const connection = { keyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/a', region: 'eu-west-1', credential };
  return { kind: 'test-connection', id: randomUUID(), deadlineMs: 5000, connection, encryptionContext: {} };
}

/** A session of the real protocol whose delegate reads as slowly as the test wants. */
function slowSession() {
  const token = newDelegateToken();
  const challenge = makeChallenge(now);
  const pending = answerChallenge(challenge, { token, accountId: 'default', self, now });
  const entered = letIn(challenge, pending.hello, { key: delegateTokenKey(token), heartbeatMs: 10_000 });
  const delegate = entered && pending.finish(entered.welcome);
  if (!entered || !delegate) throw new Error('The handshake failed.');
  const sent: ManagerFrame[] = [];
  const socket = { bufferedAmount: 0, send: (text: string) => void sent.push(JSON.parse(text)) };
  const ends: string[] = [];
  const facts = { sessionId: randomUUID(), self, tokenRowId: '', place: {}, address: '', skewMs: 0, connectedAt: now };
  const session = new DelegateSession(facts, {
    channel: entered.channel,
    socket,
    end: (code) => {
      ends.push(code);
      session.close();
    },
  });
  const report = (id: string, event: TaskEvent) =>
    session.receive({ type: 'events', id, ...delegate.seal(id, JSON.stringify([event])) }, now);
  return { session, socket, sent, ends, report };
}

const heartbeat = { type: 'heartbeat', at: now.toISOString(), running: 0 } as const;

describe('a delegate that reads slowly', () => {
  it('gets no more answers to its heartbeats than it reads', () => {
    const { session, socket, sent } = slowSession();
    session.receive(heartbeat, now);
    socket.bufferedAmount = 1;
    for (let n = 0; n < 1000; n += 1) session.receive(heartbeat, now);
    expect(sent).toHaveLength(1);
    socket.bufferedAmount = 0;
    session.receive(heartbeat, now);
    expect(sent).toHaveLength(2);
  });

  it('is given up when more waits for it than anyone should keep, and what it was to run is free at once', async () => {
    const { session, socket, ends } = slowSession();
    socket.bufferedAmount = 9 * 1024 * 1024;
    const offered = session.run(newTask(), new AbortController().signal).next();
    await expect(offered).rejects.toEqual(new NotTaken('gone'));
    expect(ends).toEqual(['too-slow']);
    expect(session.running).toBe(0);
  });

  it('is known by what it does not answer, until it answers again', async () => {
    const { session, sent } = slowSession();
    const { signal } = new AbortController();
    await expect(session.run(newTask(), signal).next()).rejects.toEqual(new NotTaken('no-answer'));
    expect(session.unanswered).toBe(1);
    const task = newTask();
    const offered = session.run(task, signal).next();
    expect(sent.at(-1)).toMatchObject({ type: 'task', id: task.id });
    session.receive({ type: 'rejected', id: task.id, reason: 'busy' }, now);
    await expect(offered).rejects.toEqual(new NotTaken('busy'));
    expect(session.unanswered).toBe(0);
  });
});

describe('a result that comes late', () => {
  it('is dropped and counted, and the delegate was told that nobody waits', async () => {
    const { session, sent, report } = slowSession();
    const task = newTask();
    const stop = new AbortController();
    const events = session.run(task, stop.signal);
    const first = events.next();
    report(task.id, { type: 'hop-started', hop: 'validate', startedAt: now.toISOString() });
    expect((await first).value).toMatchObject({ type: 'hop-started' });
    stop.abort(new Error('enough'));
    await expect(events.next()).rejects.toThrow('enough');
    expect(sent.at(-1)).toEqual({ type: 'cancel', id: task.id });
    report(task.id, { type: 'finished', status: 'SUCCESS' });
    expect(session.lateReports).toBe(1);
  });
});
