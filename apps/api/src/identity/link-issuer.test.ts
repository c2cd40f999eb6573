import type { InvitedUser, User } from '@wardline/contracts';
import { afterEach, expect, it } from 'vitest';
import { ADMIN, givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { Browser, tokenOf } from './testing/browser.ts';

const BOSS = { email: 'boss@example.com', name: 'Boss' };
const password = 'a loom weaves leaves';

let app: TestApp;
afterEach(() => app.close());

const invite = (proof: Proof) => app.call<InvitedUser>('POST', '/api/users', BOSS, proof);
const redeem = (link: string) =>
  new Browser(app).send<{ code?: string }>('POST', '/api/auth/links/redeem', { token: tokenOf(link), password });
const makeAdministrator = ({ id: identifier }: User) =>
  app.call('POST', '/authz/api/roleassignments?accountIdentifier=default', {
    roleIdentifier: '_account_admin',
    principal: { type: 'USER', identifier },
  });

describeEachEngine((engine) => {
  async function givenHelper(): Promise<Proof> {
    app = await startTestApp(engine);
    await givenRole(app, 'helper', ['core_user_view', 'core_user_invite', 'core_user_manage']);
    return givenProgramWith(app, 'helper', [{ role: 'helper' }]);
  }

  it('an invitation lets nobody in as someone who can do more by now than whoever made it', async () => {
    const { user, link } = (await invite(await givenHelper())).body;
    expect((await makeAdministrator(user)).status).toBe(200);
    expect(await redeem(link)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
    const renewed = await app.call<{ link: string }>('POST', `/api/users/${user.id}/invitation`, undefined, ADMIN);
    expect((await redeem(renewed.body.link)).status).toBe(200);
  });

  it('nor does a link to set a new password', async () => {
    const helper = await givenHelper();
    const { user, link } = (await invite(helper)).body;
    expect((await redeem(link)).status).toBe(200);
    const reset = await app.call<{ link: string }>('POST', `/api/users/${user.id}/password-reset`, undefined, helper);
    expect(reset.status).toBe(200);
    await makeAdministrator(user);
    expect(await redeem(reset.body.link)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
  });

  it('an invitation lets someone in whom its maker gave the rights', async () => {
    await givenHelper();
    const { user, link } = (await invite(ADMIN)).body;
    await makeAdministrator(user);
    expect((await redeem(link)).status).toBe(200);
  });
});
