import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type HttpProxy, proxyFor } from './proxy.ts';
import { ProxyError } from './proxy-error.ts';

/** As in the AWS client: connections are closed well before AWS or a Node server would close them. */
const IDLE_MS = 3000;
/** How long a proxy may take to connect, in milliseconds. Whoever waited may have given up, and nobody else ends it. */
const PROXY_WITHIN_MS = 10_000;

export interface EnvironmentAgentOptions {
  /** Certificates to trust in place of Node's own. */
  readonly ca?: string[] | undefined;
  /** What a proxy that refuses to connect leads to: a {@link ProxyError}, or its answer as if the host had given it. */
  readonly refusals?: 'thrown' | 'answers';
}

/**
 * Connects directly, or through the proxy that the environment names for the host (see {@link proxyFor}), decided for each
 * connection. A proxy is asked for a tunnel (CONNECT), also for HTTP, so that WebSockets pass.
 */
export function environmentAgent({ ca, refusals = 'thrown' }: EnvironmentAgentOptions = {}): Agent {
  const direct = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS, ...(ca && { ca }) }),
  };

  return new (class EnvironmentAgent extends Agent {
    override connect(request: ClientRequest, options: AgentConnectOpts) {
      const scheme = options.secureEndpoint ? 'https' : 'http';
      const proxy = proxyFor(scheme, options.host ?? '', options.port ?? '');
      return proxy ? connectThrough(proxy, { ca, refusals }, request, options) : direct[scheme];
    }
  })();
}

async function connectThrough(
  proxy: HttpProxy,
  { ca, refusals }: EnvironmentAgentOptions,
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
    if (statusCode !== 200) refusal = proxy.refusal(statusCode, statusText);
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
