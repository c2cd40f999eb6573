import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { environmentAgents, type HttpProxy, ProxyError, proxyFor } from '@wardline/http-agent';

/** Longer than a proxy is given, so that it is named. */
const CONNECT_WITHIN_MS = 15_000;
/** As long as fetch waits for an answer, and for more of it. */
const SILENT_FOR_MS = 300_000;
/** Connections are closed well before a server would close them. */
const KEPT = { keepAlive: true, timeout: 3000 } as const;

/** One request, and its body in the form in which it is sent once. */
export interface Exchange {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | AsyncIterable<Uint8Array> | undefined;
}

/** What was answered; its body is not read yet. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Readable;
  /** What passed it on, where that was asked itself. */
  readonly proxy: HttpProxy | undefined;
}

const tunnels = environmentAgents();
const toProxies = { http: new HttpAgent(KEPT), https: new HttpsAgent(KEPT) };

/**
 * Sends a request and resolves with what is answered, a redirection included. It goes through the proxy that the environment
 * names: HTTPS in a tunnel, and HTTP in the form that proxies are asked in, because many make tunnels for HTTPS only.
 * @throws Error saying why there is no answer.
 */
export function exchange(url: URL, { body, ...options }: Exchange): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const proxy = url.protocol === 'http:' ? proxyFor('http', url.hostname, url.port || 80) : undefined;
    const request = proxy ? throughProxy(proxy, url, options) : direct(url, options);
    const timer = setTimeout(() => {
      request.destroy(new Error(`no connection came about within ${CONNECT_WITHIN_MS / 1000} s`));
    }, CONNECT_WITHIN_MS);
    request.once('socket', (socket) => {
      if (request.reusedSocket) clearTimeout(timer);
      else socket.once(request.protocol === 'https:' ? 'secureConnect' : 'connect', () => clearTimeout(timer));
    });
    request.setTimeout(SILENT_FOR_MS, () => request.destroy(new Error('the server is silent for 5 minutes')));
    request.once('response', (response) => {
      clearTimeout(timer);
      resolve({
        url: url.href,
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: response,
        proxy,
      });
    });
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(proxy && !request.reusedSocket ? unusable(proxy, error) : error);
    });
    if (body === undefined || typeof body === 'string') request.end(body);
    else void pipeline(Readable.from(body), request).catch(reject);
  });
}

const direct = (url: URL, options: Omit<Exchange, 'body'>): ClientRequest =>
  url.protocol === 'https:'
    ? httpsRequest(url, { ...options, agent: tunnels.https })
    : httpRequest(url, { ...options, agent: tunnels.http });

/** RFC 9112, section 3.2.2: a proxy is told the whole address. */
function throughProxy({ url: proxy, headers }: HttpProxy, url: URL, options: Omit<Exchange, 'body'>): ClientRequest {
  const isSecure = proxy.protocol === 'https:';
  return (isSecure ? httpsRequest : httpRequest)(proxy, {
    ...options,
    path: url.href,
    headers: { ...options.headers, ...headers, host: url.host },
    agent: isSecure ? toProxies.https : toProxies.http,
  });
}

function unusable({ name }: HttpProxy, error: Error): ProxyError {
  return new ProxyError(`The proxy ${name} cannot be used: ${error.message}`, { cause: error });
}
