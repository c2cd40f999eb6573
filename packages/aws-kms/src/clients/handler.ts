import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Agents, Deadlines } from '../ambient.ts';
import type { Exchange } from './failure.ts';

/**
 * Connections outlive a task, so that a second test within seconds pays no TLS handshake. They are closed well before
 * AWS (about 20 s) or a Node server (5 s) would: a request on a connection that is just being closed fails, and with one
 * attempt that would be reported as a fault which is none.
 */
const IDLE_MS = 3_000;
const direct: Agents = {
  http: new HttpAgent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }),
  https: new HttpsAgent({ keepAlive: true, maxSockets: 64, timeout: IDLE_MS }),
};

type Handle = NodeHttpHandler['handle'];

/** What a client needs of its request handler. */
export type SdkHandler = Pick<NodeHttpHandler, 'metadata' | 'handle' | 'updateHttpClientConfig' | 'httpHandlerConfigs'>;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The SDK's handler with deadlines that throw, which also notes what the wire carried: the parsed output of a call has
 * neither the `Date` header nor a way to tell AWS from a proxy page. Calls are told apart by their abort signal.
 */
export class ObservedHandler extends NodeHttpHandler {
  readonly #exchanges = new WeakMap<object, Exchange>();
  readonly #now: () => Date;

  constructor({ connectMs, requestMs }: Deadlines, now: () => Date, agents = direct) {
    // requestTimeout alone only logs a warning.
    super({
      httpAgent: agents.http,
      httpsAgent: agents.https,
      connectionTimeout: connectMs,
      requestTimeout: requestMs,
      throwOnRequestTimeout: true,
    });
    this.#now = now;
  }

  exchangeOf(signal: AbortSignal): Exchange | undefined {
    return this.#exchanges.get(signal);
  }

  override async handle(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const key = options?.abortSignal;
    const sentAt = this.#now().getTime();
    if (key) this.#exchanges.set(key, { sentAt });
    const result = await super.handle(request, options);
    const { headers, statusCode } = result.response;
    if (key) {
      this.#exchanges.set(key, {
        sentAt,
        receivedAt: this.#now().getTime(),
        httpStatus: statusCode,
        requestId: text(headers['x-amzn-requestid']),
        date: text(headers.date),
      });
    }
    return result;
  }

  /**
   * This handler for a client that hides inside a credential provider: such a client hands on no abort signal, so that
   * its call could be neither stopped nor observed. Here it gets one.
   */
  boundTo(signal: AbortSignal): SdkHandler {
    return {
      metadata: this.metadata,
      handle: (request, options) => this.handle(request, { ...options, abortSignal: signal }),
      updateHttpClientConfig: (key, value) => this.updateHttpClientConfig(key, value),
      httpHandlerConfigs: () => this.httpHandlerConfigs(),
    };
  }

  /** The connections belong to the process, not to one client. */
  override destroy(): void {}
}
