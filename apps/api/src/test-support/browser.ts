import type { InjectOptions } from 'fastify';
import type { Answer, TestApp } from './test-app.ts';
import { givenInvitedUser } from './users.ts';

/** A browser at the console of a test app: keeps cookies, and says that it is on a page of the console. */
export class Browser {
  readonly cookies = new Map<string, string>();
  readonly #app: TestApp;

  constructor(app: TestApp) {
    this.#app = app;
  }

  /** Sends a request, and keeps what cookies the answer sets. The answer's type is the caller's claim. */
  async call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: unknown): Promise<Answer<T>> {
    const response = await this.open({ method, url, ...(body !== undefined && { payload: body as object }) });
    return { status: response.statusCode, body: response.json() };
  }

  /** Sends any request as this browser. */
  async open(request: InjectOptions) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const { origin } = new URL(this.#app.deps.config.publicUrl);
    const response = await this.#app.app.inject({
      ...request,
      headers: { origin, ...(cookie && { cookie }), ...request.headers },
    });
    for (const line of [response.headers['set-cookie'] ?? []].flat()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';');
    const equals = pair.indexOf('=');
    const name = pair.slice(0, equals).trim();
    if (attributes.some((one) => /^\s*max-age=0$/i.test(one))) this.cookies.delete(name);
    else this.cookies.set(name, pair.slice(equals + 1));
  }
}

/** What the users of tests sign in with. */
export const PASSWORD = 'correct horse battery';

/** A user who took their invitation, in the browser that they are signed in with. @throws when the server refuses. */
export async function givenSignedIn(app: TestApp, email: string, roleIdentifier?: string): Promise<Browser> {
  const { link } = await givenInvitedUser(app, email, roleIdentifier);
  const browser = new Browser(app);
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token');
  const answer = await browser.call('POST', '/api/auth/links/redeem', { token, password: PASSWORD });
  if (answer.status !== 200) throw new Error(`the test's sign-in was refused: ${JSON.stringify(answer.body)}`);
  return browser;
}
