import { afterEach, expect, it } from 'vitest';
import { ADA, Browser, givenAda } from '../identity/testing/browser.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ADDRESS = '203.0.113.9';

let app: TestApp;
afterEach(() => app.close());

describeEachEngine((engine) => {
  const ask = (headers: Record<string, string>) =>
    app.app.inject({ method: 'GET', url: '/api/settings', remoteAddress: ADDRESS, headers });
  const garbageKey = (n: number) => ask({ 'x-api-key': `sat.default.key_${n}.nothing_that_was_ever_made` });

  it('lets in who signs in from the address of someone who tries keys', async () => {
    app = await startTestApp(engine);
    await givenAda(app);
    for (let n = 0; n < 31; n += 1) await garbageKey(n);
    expect((await garbageKey(31)).statusCode).toBe(429);

    const browser = new Browser(app, { address: ADDRESS });
    expect((await browser.signIn(ADA)).status).toBe(200);
    expect((await browser.send('GET', '/api/whoami')).status).toBe(200);
  });

  it('looks no more at a cookie that was refused again and again', async () => {
    app = await startTestApp(engine);
    const browser = await givenAda(app);
    const { cookie } = browser;
    await browser.send('POST', '/api/auth/sign-out');
    for (let n = 0; n < 30; n += 1) await ask({ cookie });
    expect((await ask({ cookie })).statusCode).toBe(429);
  });
});
