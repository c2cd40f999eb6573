// autocannon ships no types; only what the benchmark uses. https://github.com/mcollina/autocannon#api
declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      method: string;
      path: string;
      headers: Record<string, string>;
      body?: string;
    }
    interface Options {
      url: string;
      connections: number;
      /** Seconds; or `amount`. */
      duration?: number;
      /** How many requests to send in all. */
      amount?: number;
      requests: (Omit<Request, 'body'> & { setupRequest?: (request: Request) => Request })[];
    }
    interface Result {
      requests: { average: number };
      '2xx': number;
      non2xx: number;
      errors: number;
    }
    interface Instance extends PromiseLike<Result> {
      on(event: 'response', listener: (client: unknown, status: number, bytes: number, ms: number) => void): this;
    }
  }
  function autocannon(options: autocannon.Options): autocannon.Instance;
  export = autocannon;
}
