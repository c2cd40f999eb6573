/** A proxy did not do what it was asked for. The message names the proxy, never the user and the password in its URL. */
export class ProxyError extends Error {
  override readonly name: string = 'ProxyError';
  /** Node's code of what went wrong on the way to the proxy, such as ECONNREFUSED. */
  readonly code: string | undefined;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    const { cause } = options ?? {};
    this.code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? cause.code : undefined;
  }
}

/** A variable names no proxy that can be used. Its value is not in the message. */
export class ProxyConfigurationError extends ProxyError {
  override readonly name = 'ProxyConfigurationError';
}
