import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type Task, type TaskEvent, taskSchema } from '@wardline/contracts';
import {
  answerChallenge,
  CONNECT_PATH,
  challengeSchema,
  type DelegateFrame,
  type DelegateSelf,
  type Hello,
  type ManagerFrame,
  managerFrameSchema,
  parseFrame,
  type SealedChannel,
} from '@wardline/delegate-protocol';
import { WebSocket } from 'ws';

interface TestDelegateOptions {
  /** `http://host:port` of the server. */
  readonly url: string;
  readonly token: string;
  readonly self?: Partial<DelegateSelf>;
  readonly accountId?: string;
  readonly now?: () => Date;
  /** Changes the hello before it is sent. */
  readonly tamper?: (hello: Hello) => object;
}

/** One end of a real connection that a test plays by hand. */
export interface TestDelegate {
  readonly instanceId: string;
  readonly socket: WebSocket;
  /** Every frame of the manager since the challenge, in order. */
  readonly frames: ManagerFrame[];
  /** The next frame of this type, which may have come already. */
  next<T extends ManagerFrame['type']>(type: T): Promise<Extract<ManagerFrame, { type: T }>>;
  send(frame: DelegateFrame): void;
  /** Sends anything. */
  sendText(text: string): void;
  /** Waits for a task and opens it. */
  task(): Promise<Task>;
  /** Seals one event of the task. */
  event(id: string, event: TaskEvent): Extract<DelegateFrame, { type: 'events' }>;
  /** Resolves when the connection is closed, with the reason. */
  readonly closed: Promise<string>;
  close(): void;
}

/** Opens a connection and says hello; whether it is let in shows in `next('welcome')` or `next('refused')`. */
export async function connectDelegate(options: TestDelegateOptions): Promise<TestDelegate> {
  const socket = new WebSocket(options.url.replace(/^http/, 'ws') + CONNECT_PATH);
  const frames: ManagerFrame[] = [];
  const arrivals = new EventTarget();
  socket.on('message', (data) => {
    const frame = parseFrame(managerFrameSchema, String(data));
    if (!frame) throw new Error(`The manager sent what is no frame: ${String(data)}`);
    frames.push(frame);
    arrivals.dispatchEvent(new Event('frame'));
  });
  const closed = once(socket, 'close').then(([, reason]) => String(reason));
  await once(socket, 'open');

  const taken = new Set<ManagerFrame>();
  async function next<T extends ManagerFrame['type']>(type: T) {
    for (;;) {
      const frame = frames.find(
        (one): one is Extract<ManagerFrame, { type: T }> => one.type === type && !taken.has(one),
      );
      if (frame) {
        taken.add(frame);
        return frame;
      }
      await Promise.race([
        once(arrivals, 'frame'),
        closed.then((reason) => Promise.reject(new Error(`closed: ${reason}`))),
      ]);
    }
  }

  const challenge = challengeSchema.parse(await next('challenge'));
  const self: DelegateSelf = {
    instanceId: randomUUID(),
    name: 'eu-vpc',
    hostName: 'test-host',
    description: 'A delegate of a test',
    tags: ['eu'],
    version: '0.1.0',
    capacity: 10,
    ...options.self,
  };
  const { token, accountId = 'default', now = () => new Date() } = options;
  const pending = answerChallenge(challenge, { token, accountId, self, now: now() });
  socket.send(JSON.stringify(options.tamper ? options.tamper(pending.hello) : pending.hello));

  let channel: SealedChannel | undefined;
  /** The welcome may have been looked at before: whoever waits for a task has seen it. */
  const session = async () => {
    const welcome = frames.find((frame) => frame.type === 'welcome') ?? (await next('welcome'));
    channel ??= pending.finish(welcome);
    if (!channel) throw new Error('The manager has not proven that it has the token.');
    return channel;
  };
  return {
    instanceId: self.instanceId,
    socket,
    frames,
    next,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendText: (text) => socket.send(text),
    async task() {
      const open = await session();
      const { id, n, sealed } = await next('task');
      return taskSchema.parse(JSON.parse(open.open(id, n, sealed)));
    },
    event(id, event) {
      if (!channel) throw new Error('There is no session yet: wait for a task first.');
      return { type: 'events', id, ...channel.seal(id, JSON.stringify([event])) };
    },
    closed,
    close: () => socket.close(),
  };
}
