import { type ClientRequest, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/** As in the AWS client: connections are closed well before AWS or a Node server would close them. */
const IDLE_MS = 3000;

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
  const proxies = new Map<string, HttpsProxyAgent<string>>();

  return new (class EnvironmentAgent extends Agent {
    override connect(_request: ClientRequest, options: AgentConnectOpts) {
      const { host, port, secureEndpoint } = options;
      const proxy = getProxyForUrl(`${secureEndpoint ? 'https' : 'http'}://${host}:${port}`);
      if (proxy === '') return secureEndpoint ? direct.https : direct.http;
      const known = proxies.get(proxy) ?? new HttpsProxyAgent(proxy, { ...(ca && { ca }) });
      proxies.set(proxy, known);
      return known;
    }
  })();
}
