import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Task, type TaskEvent, taskSchema } from '@wardline/contracts';
import {
  answerChallenge,
  CONNECT_PATH,
  type DelegateSelf,
  managerFrameSchema,
  type PendingHello,
  parseFrame,
  type SealedChannel,
} from '@wardline/delegate-protocol';
import { WebSocket } from 'ws';

interface Options {
  /** `http://host:port` of the server. */
  readonly url: string;
  readonly token: string;
  readonly count: number;
  readonly tags: readonly string[];
  readonly capacity?: number;
  /** How many connect at once, at first. */
  readonly atOnce?: number;
  /** What a task leads to; success at once unless given. */
  readonly run?: (task: Task) => AsyncIterable<TaskEvent>;
}

async function* succeed(): AsyncGenerator<TaskEvent> {
  yield { type: 'hop-started', hop: 'validate', startedAt: new Date().toISOString() };
  yield { type: 'finished', status: 'SUCCESS' };
}

/** Many delegates that one process plays, with real sockets and the real protocol. */
export interface PlayedDelegates {
  /** How many are let in now. */
  connected(): number;
  /** When each was let in last, in milliseconds of the monotonic clock. */
  readonly enteredAt: ReadonlyMap<string, number>;
  /** Tasks that they answered. */
  tasks(): number;
  close(): void;
}

/** As the delegate itself: full jitter, at first within a second, later within four. */
const longestWait = (failures: number): number => Math.min(4000, 1000 * 2 ** Math.min(failures - 1, 10));

/** Connects all of them; those that lose their connection come back by themselves, as delegates do. */
export async function playDelegates(options: Options): Promise<PlayedDelegates> {
  const { count, atOnce = 50 } = options;
  const closed = new AbortController();
  setMaxListeners(0, closed.signal);
  const enteredAt = new Map<string, number>();
  const inside = new Set<string>();
  let tasks = 0;
  const play = async (n: number, entered: () => void) => {
    const self: DelegateSelf = {
      instanceId: randomUUID(),
      name: `played-${n}`,
      hostName: `host-${n}`,
      description: 'Played by a check',
      tags: [...options.tags],
      version: '0.1.0',
      capacity: options.capacity ?? 10,
    };
    for (let failures = 0; !closed.signal.aborted; ) {
      await playSession(options, self, closed.signal, {
        onEntered: () => {
          failures = 0;
          inside.add(self.instanceId);
          enteredAt.set(self.instanceId, performance.now());
          entered();
        },
        onTask: () => {
          tasks += 1;
        },
      });
      inside.delete(self.instanceId);
      failures += 1;
      await sleep(Math.random() * longestWait(failures), undefined, { signal: closed.signal }).catch(() => {});
    }
  };
  for (let n = 0; n < count; n += atOnce) {
    const group = Array.from({ length: Math.min(atOnce, count - n) }, (_, i) => n + i);
    await Promise.all(group.map((one) => new Promise<void>((resolve) => void play(one, resolve))));
  }
  return { connected: () => inside.size, enteredAt, tasks: () => tasks, close: () => closed.abort() };
}

function playSession(
  { url, token, run = succeed }: Options,
  self: DelegateSelf,
  closed: AbortSignal,
  { onEntered, onTask }: { readonly onEntered: () => void; readonly onTask: () => void },
): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws') + CONNECT_PATH, { perMessageDeflate: false });
    const end = () => socket.terminate();
    closed.addEventListener('abort', end, { once: true });
    let pending: PendingHello | undefined;
    let channel: SealedChannel | undefined;
    let heartbeat: NodeJS.Timeout | undefined;
    const send = (frame: object) => socket.readyState === socket.OPEN && socket.send(JSON.stringify(frame));
    const report = (id: string, event: TaskEvent) =>
      channel && send({ type: 'events', id, ...channel.seal(id, JSON.stringify([event])) });
    socket.on('message', (data) => {
      const frame = parseFrame(managerFrameSchema, String(data));
      if (frame?.type === 'challenge') {
        pending = answerChallenge(frame, { token, accountId: 'default', self, now: new Date() });
        send(pending.hello);
      } else if (frame?.type === 'welcome') {
        channel = pending?.finish(frame);
        heartbeat = setInterval(
          () => send({ type: 'heartbeat', at: new Date().toISOString(), running: 0 }),
          frame.heartbeatMs,
        );
        if (channel) onEntered();
      } else if (frame?.type === 'task' && channel) {
        const task = taskSchema.parse(JSON.parse(channel.open(frame.id, frame.n, frame.sealed)));
        onTask();
        send({ type: 'accepted', id: task.id });
        const { id } = task;
        void (async () => {
          for await (const event of run(task)) report(id, event);
        })();
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(heartbeat);
      closed.removeEventListener('abort', end);
      resolve();
    });
  });
}
