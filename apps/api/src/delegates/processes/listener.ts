import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';
import { COMMON_CHANNEL, channelOf, type Notice, readNotice } from './channels.ts';

/** How often the connection shows that notifications still arrive, and for how long it may fail to, in milliseconds. */
const ECHO_EVERY_MS = 5000;
const ECHO_WITHIN_MS = 2000;
/** Between two attempts to connect, in milliseconds: the delays grow to the longest. */
const RETRY_MS = { first: 100, longest: 5000 } as const;

interface ListenerOptions {
  readonly databaseUrl: string;
  readonly processId: string;
  readonly logger: FastifyBaseLogger;
  readonly onNotice: (notice: Notice) => void;
  /** Notifications arrive again; some may have been missed. */
  readonly onConnected: () => void;
}

/** The one connection on which this process hears of the others. It is made anew for as long as it is wanted. */
export class Listener {
  readonly #options: ListenerOptions;
  readonly #stopped = new AbortController();
  #isConnected = false;
  #running: Promise<void> | undefined;
  /** When the last echo came back. */
  #echoedAt = 0;

  constructor(options: ListenerOptions) {
    this.#options = options;
  }

  /** Whether notifications arrive; without them, whoever waits has to look. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Begins to listen. Resolves after the first attempt, whether it has succeeded or not. */
  async start(): Promise<void> {
    await new Promise<void>((tried) => {
      this.#running = this.#run(tried);
    });
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #run(tried: () => void): Promise<void> {
    const { signal } = this.#stopped;
    let delay: number = RETRY_MS.first;
    while (!signal.aborted) {
      try {
        await this.#listen(() => {
          delay = RETRY_MS.first;
          tried();
        });
      } catch (error) {
        this.#options.logger.warn({ err: error }, 'the connection that hears of the other processes broke');
      }
      tried();
      await sleep(delay, undefined, { signal }).catch(() => {});
      delay = Math.min(2 * delay, RETRY_MS.longest);
    }
  }

  /** Listens until the connection breaks, which it throws, or until this is stopped. */
  async #listen(begun: () => void): Promise<void> {
    const { databaseUrl, processId, onConnected } = this.#options;
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'wardline-listener',
      connectionTimeoutMillis: 5000,
      query_timeout: ECHO_WITHIN_MS,
      keepAlive: true,
    });
    const broken = new AbortController();
    client.on('error', (error) => broken.abort(error));
    client.on('end', () => broken.abort(new Error('The database ended the connection.')));
    client.on('notification', ({ payload }) => this.#receive(readNotice(payload)));
    try {
      await client.connect();
      await client.query(`listen "${COMMON_CHANNEL}"; listen "${channelOf(processId)}"`);
      this.#isConnected = true;
      begun();
      onConnected();
      await this.#echo(client, AbortSignal.any([broken.signal, this.#stopped.signal]));
      if (!this.#stopped.signal.aborted) throw broken.signal.reason;
    } finally {
      this.#isConnected = false;
      // A connection that is half open does not answer its end.
      await Promise.race([client.end().catch(() => {}), sleep(ECHO_WITHIN_MS, undefined, { ref: false })]);
    }
  }

  /**
   * Notifies itself again and again: a connection that is half open breaks only when it is used, and a pooler between
   * here and the database may swallow notifications. @throws when an echo fails to come.
   */
  async #echo(client: pg.Client, ended: AbortSignal): Promise<void> {
    const notice = JSON.stringify({ type: 'echo' } satisfies Notice);
    while (!ended.aborted) {
      const askedAt = performance.now();
      await client.query('select pg_notify($1, $2)', [channelOf(this.#options.processId), notice]);
      await sleep(ECHO_EVERY_MS, undefined, { signal: ended, ref: false }).catch(() => {});
      if (!ended.aborted && this.#echoedAt < askedAt) {
        throw new Error(
          'Notifications do not arrive. DATABASE_URL must lead to PostgreSQL itself, or to a pooler in session mode.',
        );
      }
    }
  }

  #receive(notice: Notice | undefined): void {
    if (!notice) return;
    if (notice.type === 'echo') this.#echoedAt = performance.now();
    else this.#options.onNotice(notice);
  }
}
