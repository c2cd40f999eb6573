import type { InvitedUser, User } from '@wardline/contracts';
import { afterEach, describe, expect, it } from 'vitest';
import { ADMIN, givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { givenPerson } from '../test-support/users.ts';
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

  describe('whoever made links and kept them', () => {
    const makers = {
      'a person who is locked': async () => {
        const { user, headers } = await givenPerson(app, 'mallory@example.com', '_account_admin');
        const change = { name: 'Mallory', disabled: true };
        return { proof: headers, end: () => app.call('PUT', `/api/users/${user.id}`, change) };
      },
      'a person who is deleted': async () => {
        const { user, headers } = await givenPerson(app, 'mallory@example.com', '_account_admin');
        return { proof: headers, end: () => app.call('DELETE', `/api/users/${user.id}`) };
      },
      'a program that is deleted': async () => {
        const proof = await givenProgramWith(app, 'mallory', [{ role: '_account_admin' }]);
        const path = '/ng/api/serviceaccount/mallory?accountIdentifier=default';
        return { proof, end: () => app.call('DELETE', path) };
      },
    };

    it.each(Object.entries(makers))('%s comes in by none of them', async (_who, make) => {
      app = await startTestApp(engine);
      const { proof, end } = await make();
      // As administrators, which the maker of the links was too, and as someone without any right.
      const [boss, clerk] = [
        { ...BOSS, roleIdentifier: '_account_admin' },
        { ...BOSS, email: 'clerk@example.com' },
      ];
      const links: string[] = [];
      for (const body of [boss, clerk]) {
        links.push((await app.call<InvitedUser>('POST', '/api/users', body, proof)).body.link);
      }
      expect((await end()).status).toBe(200);
      for (const link of links) {
        const token = tokenOf(link);
        expect((await new Browser(app).send('POST', '/api/auth/links/check', { token })).status).toBe(401);
        expect(await redeem(link)).toMatchObject({ status: 401, body: { code: 'INVALID_TOKEN' } });
      }
    });
  });
});
