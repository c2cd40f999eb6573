import type { OutgoingHttpHeaders } from 'node:http';
import { systemActor } from '../../access/principal.ts';
import type { Answer, TestApp } from '../../test-support/test-app.ts';
import { makeFirstAdministrator } from '../first-administrator.ts';
import { hashPassword } from '../password-hash.ts';

export const ADA = { email: 'ada@example.com', name: 'Ada Lovelace', password: 'notes on the engine' };

interface BrowserOptions {
  /** The address that requests come from. */
  readonly address?: string;
  readonly origin?: string;
}

interface Page<T> extends Answer<T> {
  readonly headers: OutgoingHttpHeaders;
}

/** Calls the API as the console does: from its origin, with the cookies that it was given. */
export class Browser {
  readonly #app: Pick<TestApp, 'app' | 'deps'>;
  readonly #options: BrowserOptions;
  readonly #cookies = new Map<string, string>();

  constructor(app: Pick<TestApp, 'app' | 'deps'>, options: BrowserOptions = {}) {
    this.#app = app;
    this.#options = options;
  }

  /** The Cookie header of the next request. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  set cookie(header: string) {
    this.#cookies.clear();
    this.#keep([header]);
  }

  async send<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<Page<T>> {
    const { address, origin = new URL(this.#app.deps.config.publicUrl).origin } = this.#options;
    const response = await this.#app.app.inject({
      method,
      url: path,
      ...(body && { payload: body }),
      ...(address && { remoteAddress: address }),
      headers: { ...(method !== 'GET' && { origin }), ...(this.#cookies.size > 0 && { cookie: this.cookie }) },
    });
    this.#keep([response.headers['set-cookie'] ?? []].flat());
    return { status: response.statusCode, body: response.json(), headers: response.headers };
  }

  signIn<T>({ email, password }: { email: string; password: string }): Promise<Page<T>> {
    return this.send('POST', '/api/auth/sign-in', { email, password });
  }

  #keep(cookies: readonly string[]): void {
    for (const cookie of cookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name && value) this.#cookies.set(name, value);
      else if (name) this.#cookies.delete(name);
    }
  }
}

/** The token of a one-time link. */
export const tokenOf = (link: string | undefined): string => link?.split('#token=')[1] ?? '';

/** Made once for all tests of a file, since it takes a while. */
const passwordHash = hashPassword(ADA.password);

/** Makes Ada the first administrator. @returns her browser, signed in. */
export async function givenAda(app: TestApp): Promise<Browser> {
  const { storage, now } = app.deps;
  const given = { ...ADA, passwordHash: await passwordHash };
  await storage.changeIf(systemActor('test'), async (stores) => {
    const audit = await makeFirstAdministrator(stores, given, now().toISOString());
    return audit && { result: undefined, audit };
  });
  const browser = new Browser(app);
  const { status } = await browser.signIn(ADA);
  if (status !== 200) throw new Error(`the test's user was refused: ${status}`);
  return browser;
}

/** What the audit log has, the oldest first. */
export async function auditLog({ database }: TestApp) {
  const rows = await database.db.selectFrom('audit_events').select('event').orderBy('seq').execute();
  return rows.map(({ event }) => JSON.parse(event));
}
