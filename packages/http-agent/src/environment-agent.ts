import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type HttpProxy, proxyFor } from './proxy.ts';
import { ProxyError } from './proxy-error.ts';

/** As in the AWS client: connections are closed well before AWS or a Node server would close them. */
const KEPT = { keepAlive: true, timeout: 3000 } as const;
/** How long a proxy may take to connect, in milliseconds. Whoever waited may have given up, and nobody else ends it. */
const PROXY_WITHIN_MS = 10_000;

export interface EnvironmentAgentOptions {
  /** Certificates to trust in place of Node's own. */
  readonly ca?: string[] | undefined;
  /** What a proxy that refuses to connect leads to: a {@link ProxyError}, or its answer as if the host had given it. */
  readonly refusals?: 'thrown' | 'answers';
}

/** What makes connections, by scheme. */
export interface EnvironmentAgents {
  readonly http: HttpAgent;
  readonly https: HttpAgent;
}

/**
 * Agents that connect directly, or through the proxy that the environment names for the host (see {@link proxyFor}), decided
 * for each connection. A proxy is asked for a tunnel (CONNECT), also for HTTP, so that WebSockets pass. Connections of both
 * kinds are kept for the next request.
 */
export function environmentAgents(options: EnvironmentAgentOptions = {}): EnvironmentAgents {
  const { ca } = options;
  return {
    http: new EnvironmentAgent('http', new HttpAgent(KEPT), options),
    https: new EnvironmentAgent('https', new HttpsAgent({ ...KEPT, ...(ca && { ca }) }), options),
  };
}

class EnvironmentAgent extends Agent {
  readonly #scheme: keyof EnvironmentAgents;
  readonly #direct: HttpAgent;
  readonly #options: EnvironmentAgentOptions;

  constructor(scheme: keyof EnvironmentAgents, direct: HttpAgent, options: EnvironmentAgentOptions) {
    // Also where the direct agent connects: Node asks this one whether a connection may be kept.
    super(KEPT);
    this.#scheme = scheme;
    this.#direct = direct;
    this.#options = options;
  }

  /** Known here; the base class would read it from a stack trace, several times for each request. */
  override isSecureEndpoint(): boolean {
    return this.#scheme === 'https';
  }

  override connect(request: ClientRequest, options: AgentConnectOpts): HttpAgent | Promise<Duplex> {
    const proxy = proxyFor(this.#scheme, options.host ?? '', options.port ?? '');
    return proxy ? connectThrough(proxy, this.#options, request, options) : this.#direct;
  }
}

async function connectThrough(
  proxy: HttpProxy,
  { ca, refusals = 'thrown' }: EnvironmentAgentOptions,
  request: ClientRequest,
  options: AgentConnectOpts,
): Promise<Duplex> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => {
    tooLate.abort(new ProxyError(`The proxy ${proxy.name} did not connect within ${PROXY_WITHIN_MS / 1000} s.`));
  }, PROXY_WITHIN_MS);
  let refusal: ProxyError | undefined;
  // What the proxy says to CONNECT.
  request.once('proxyConnect', ({ statusCode, statusText }: { statusCode: number; statusText: string }) => {
    if (statusCode === 200) return;
    refusal = proxy.refusal(statusCode, statusText);
    // Whatever is connected then, it is not the host, and no next request may go there.
    request.shouldKeepAlive = false;
  });
  let socket: Duplex;
  try {
    const agent = new HttpsProxyAgent(proxy.url, {
      headers: proxy.headers,
      signal: tooLate.signal,
      ...(ca && { ca }),
    });
    socket = await agent.connect(request, { ...options, ...(ca && { ca }) });
  } catch (error) {
    if (tooLate.signal.aborted) throw tooLate.signal.reason;
    const why = error instanceof Error ? error.message : String(error);
    throw new ProxyError(`The proxy ${proxy.name} cannot be used: ${why}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
  if (!refusal || refusals === 'answers') return socket;
  socket.destroy();
  throw refusal;
}
