// The library ships no types; only what is used. https://github.com/Rob--W/proxy-from-env
declare module 'proxy-from-env' {
  /** The proxy for a URL, by the usual environment variables; empty for none. */
  export function getProxyForUrl(url: string): string;
}
