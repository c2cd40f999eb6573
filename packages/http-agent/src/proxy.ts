import { isIPv6 } from 'node:net';
import { getProxyForUrl } from 'proxy-from-env';
import { ProxyConfigurationError, ProxyError } from './proxy-error.ts';

/** A proxy that the environment names. */
export interface HttpProxy {
  /** Without user and password. */
  readonly url: URL;
  /** As messages name it: `http://proxy.internal:3128`. */
  readonly name: string;
  /** What it is sent beside the request: the login that its URL has. */
  readonly headers: Readonly<Record<string, string>>;
  /** Says why it refuses, and what helps. @param answer its status, with the words of that status. */
  refusal(status: number, answer: string): ProxyError;
}

/** The host's own services, such as its identity in AWS: no proxy can reach those of another host, nor should it see them. */
const LINK_LOCAL = /^(169\.254\.|fe[89ab][0-9a-f]:|fd00:ec2:)/i;

/**
 * The proxy for connections to a host: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY`, in lower case first. One that is
 * written without a scheme speaks HTTP, as with curl. Link-local addresses have none.
 * @throws ProxyConfigurationError for a variable that names no proxy which can be used.
 */
export function proxyFor(scheme: 'http' | 'https', host: string, port: number | string): HttpProxy | undefined {
  if (LINK_LOCAL.test(host)) return undefined;
  const named = getProxyForUrl(`${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`);
  if (named === '') return undefined;
  const variable = `${scheme.toUpperCase()}_PROXY`;
  const text = isWithoutScheme(named) ? named.replace(/^\w+/, 'http') : named;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || !url.hostname) {
    throw new ProxyConfigurationError(
      `${variable} names no proxy that can be used. Write http://HOST:PORT or https://HOST:PORT.`,
    );
  }
  const headers = loginOf(url, variable);
  Object.assign(url, { username: '', password: '' });
  const name = url.origin;
  return { url, name, headers, refusal: (...answer) => refusalOf({ url, name, headers }, variable, ...answer) };
}

/** The library has put the scheme of the request before what has none. */
function isWithoutScheme(named: string): boolean {
  const rest = named.replace(/^\w+:\/\//, '');
  return Object.entries(process.env).some(([name, value]) => value === rest && /_proxy$/i.test(name));
}

function loginOf({ username, password }: URL, variable: string): Record<string, string> {
  if (username === '' && password === '') return {};
  try {
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
  } catch (cause) {
    const message = `The user or the password in ${variable} has a % that is none of a URL. Write it as %25.`;
    throw new ProxyConfigurationError(message, { cause });
  }
}

function refusalOf(
  { url, name, headers }: Omit<HttpProxy, 'refusal'>,
  variable: string,
  status: number,
  answer: string,
): ProxyError {
  if (status !== 407) {
    const said = `${status} ${answer}`.trimEnd();
    return new ProxyError(`The proxy ${name} refuses: ${said}. What is reached without it belongs into NO_PROXY.`);
  }
  const known = 'proxy-authorization' in headers;
  const why = known
    ? `does not accept the user and the password that ${variable} has`
    : `wants a login: put it into ${variable} as ${url.protocol}//USER:PASSWORD@${url.host}`;
  return new ProxyError(`The proxy ${name} ${why} (407).`);
}
