import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** As in the AWS client: connections are closed well before AWS or a Node server would close them. */
const IDLE_MS = 3000;
/** How long a proxy may take to connect, in milliseconds. Whoever waited may have given up, and nobody else ends it. */
const PROXY_WITHIN_MS = 10_000;

/**
 * Connects directly, or through the proxy that `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name for the host, decided for
 * each connection.
 * @param ca certificates to trust in place of Node's own.
 */
export function environmentAgent(ca: string[] | undefined): Agent {
  const direct = {
    http: new HttpAgent({ keepAlive: true, timeout: IDLE_MS }),
    https: new HttpsAgent({ keepAlive: true, timeout: IDLE_MS, ...(ca && { ca }) }),
  };

  return new (class EnvironmentAgent extends Agent {
    override connect(request: ClientRequest, options: AgentConnectOpts) {
      const { host, port, secureEndpoint } = options;
      const proxy = getProxyForUrl(`${secureEndpoint ? 'https' : 'http'}://${host}:${port}`);
      if (proxy === '') return secureEndpoint ? direct.https : direct.http;
      return connectThrough(proxy, ca, request, options);
    }
  })();
}

async function connectThrough(
  proxy: string,
  ca: string[] | undefined,
  request: ClientRequest,
  options: AgentConnectOpts,
): Promise<Duplex> {
  const tooLate = new AbortController();
  const timer = setTimeout(() => {
    tooLate.abort(new Error(`The proxy did not connect within ${PROXY_WITHIN_MS / 1000} s.`));
  }, PROXY_WITHIN_MS);
  try {
    const agent = new HttpsProxyAgent(proxy, { signal: tooLate.signal, ...(ca && { ca }) });
    return await agent.connect(request, { ...options, ...(ca && { ca }) });
  } catch (error) {
    throw tooLate.signal.aborted ? tooLate.signal.reason : error;
  } finally {
    clearTimeout(timer);
  }
}
