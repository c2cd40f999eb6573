import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectNone } from '../expect-none.ts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { API_KEY, AS_ADMINISTRATOR } from '../server/api-key.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { type Canary, canariesIn, canariesInFolder, makeCanary } from './canaries.ts';
import { asIdentifier, credentialTour, type RawCall } from './credential-tour.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'wardline-credentials-'));
const bootstrap = makeCanary('the password of the bootstrap administrator');
const chosen = makeCanary('the password that an invited user chose');
const changed = makeCanary('the password that it was changed to');
/** Sent, but never right. */
const wrong = ['a password', 'a session cookie', 'an API key', 'a setup token', 'a TOTP secret', 'a recovery code'].map(
  (what) => makeCanary(`${what} that is wrong`),
);
/** What the server made and handed out once. */
const handedOut: Canary[] = [{ what: "the administrator's API key", value: API_KEY }];

let server: RunningServer;
beforeAll(async () => {
  const env = {
    WARDLINE_SIMULATOR: 'off',
    LOG_LEVEL: 'trace',
    WARDLINE_RATE_LIMITS: 'off',
    WARDLINE_BOOTSTRAP_ADMIN_EMAIL: 'admin@example.com',
    WARDLINE_BOOTSTRAP_ADMIN_PASSWORD: bootstrap.value,
  };
  server = await startServer({ dataDir, env });
});
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function send({
  method,
  path,
  headers,
  body,
}: RawCall): Promise<{ text: string; status: number; cookies: string[] }> {
  const own = { origin: server.url, ...headers };
  const answer = await fetch(server.url + path, { method, headers: own, ...(body !== undefined && { body }) });
  const text = `${JSON.stringify([...answer.headers])}\n${await answer.text()}`;
  return { text, status: answer.status, cookies: answer.headers.getSetCookie() };
}

it('a credential that the server makes is in the answer that hands it out, and in no later one', async () => {
  const call = apiClient(server.url);
  const invited = { email: 'ada@example.com', name: 'Ada', roleIdentifier: '_account_viewer' };
  const { link } = await mustSucceed<{ link: string }>(call, 'POST', '/api/users', invited);
  const token = new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
  expect(token.length).toBeGreaterThan(40);
  handedOut.push({ what: 'the token of an invitation', value: token });

  const json = { 'content-type': 'application/json' };
  const post = (path: string, body: unknown, headers = {}) =>
    send({ method: 'POST', path, headers: { ...json, ...headers }, body: JSON.stringify(body) });
  const redeemed = await post('/api/auth/links/redeem', { token, name: 'Ada', password: chosen.value });
  expect(redeemed.status).toBe(200);
  const cookie = keep(redeemed.cookies, 'the session after an invitation');
  const passwords = { currentPassword: chosen.value, newPassword: changed.value };
  expect((await post('/api/auth/password', passwords, { cookie })).status).toBe(200);
  const signedIn = await post('/api/auth/sign-in', { email: 'ada@example.com', password: changed.value });
  expect(signedIn.status).toBe(200);
  const session = { cookie: keep(signedIn.cookies, 'the session after a sign-in') };
  const admin = await post('/api/auth/sign-in', { email: 'admin@example.com', password: bootstrap.value });
  expect(admin.status).toBe(200);

  const reads = ['/api/auth/sessions', '/api/auth/profile', '/api/whoami', '/api/settings'];
  const answers = await Promise.all(reads.map((path) => send({ method: 'GET', path, headers: session })));
  const lists = await Promise.all(
    ['/api/users', '/audit/api/audits/list'].map((path) =>
      call(path.includes('list') ? 'POST' : 'GET', path, undefined),
    ),
  );
  const later = [...answers, ...lists].map(({ text }) => text).join('\n');
  expectNone(canariesIn(later, [...handedOut, bootstrap, chosen, changed]), 'Credentials in answers:');
});

it('no answer repeats a credential that was sent, right or wrong, where it belongs or not', async () => {
  const leaks: string[] = [];
  for (const canary of wrong) {
    for (const call of credentialTour(canary.value)) {
      for (const who of [{}, AS_ADMINISTRATOR]) {
        const { text, status } = await send({ ...call, headers: { ...who, ...call.headers } });
        const name = `${call.method} ${call.path.replaceAll(encodeURIComponent(canary.value), '…')}`;
        if (status >= 500) leaks.push(`${name}: status ${status}`);
        leaks.push(...canariesIn(text, [canary]).map((what) => `${name}: ${what}`));
      }
    }
    for (const call of asIdentifier(canary.value)) await send({ ...call, headers: AS_ADMINISTRATOR });
  }
  expectNone([...new Set(leaks)], 'Credentials in answers:');
});

it('neither the log at its most talkative nor the database holds a credential in clear', () => {
  const canaries = [...wrong, ...handedOut, bootstrap, chosen, changed];
  expect(handedOut.length).toBeGreaterThan(3);
  // The search sees what the database stores, and the server runs, so that its write-ahead log is there too.
  expect(canariesInFolder(dataDir, [{ what: 'an address', value: 'ada@example.com' }])).not.toEqual([]);
  expectNone(canariesInFolder(dataDir, canaries), 'Credentials were kept:');
  expect(server.log()).toContain('/api/auth/sign-in');
  expectNone(canariesIn(server.log(), canaries), 'Credentials were logged:');
});

/** Remembers the session's cookie to look for. @returns the Cookie header that sends it. */
function keep(cookies: readonly string[], what: string): string {
  const [pair = ''] = cookies.find((cookie) => cookie.includes('session_token'))?.split(';') ?? [];
  const value = decodeURIComponent(pair.slice(pair.indexOf('=') + 1));
  expect(value.length).toBeGreaterThan(40);
  handedOut.push({ what, value });
  return pair;
}
