// The page is loaded when it is first opened; here at once, so that no test waits for it.
import './account-page.tsx';
import './qr-code.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import {
  apiKeyAggregateSchema,
  endedSessionsSchema,
  type Profile,
  pageOf,
  profileSchema,
  recoveryCodesSchema,
  type Session,
  secondFactorEnrolmentSchema,
  sessionsSchema,
  settingsSchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { pageWith, refusal, settings } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const ada: Profile = {
  id: 'u1',
  email: 'ada@example.com',
  name: 'Ada Lovelace',
  hasPassword: true,
  secondFactor: false,
  sso: false,
};
const PASSPHRASE = 'rain on a tin roof';
const CODES = ['aaaa-1111', 'bbbb-2222'];

const session = (changes: Partial<Session>): Session => ({
  id: 's1',
  current: true,
  createdAt: new Date(Date.now() - 7_200_000).toISOString(),
  lastSeenAt: new Date(Date.now() - 1_000).toISOString(),
  expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
  address: '192.0.2.7',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  ...changes,
});

let server: FakeServer;
let profile: Profile;
let sessions: Session[];
beforeEach(() => {
  profile = ada;
  sessions = [session({}), session({ id: 's2', current: false, userAgent: 'curl/8.5.0' })];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.answer('GET', '/api/auth/profile', profileSchema, () => profile);
  server.answer('GET', '/api/auth/sessions', sessionsSchema, () => ({ sessions }));
  server.data('GET', '/ng/api/apikey/aggregate', pageOf(apiKeyAggregateSchema), pageWith([]));
});

const sent = (method: string, path: string) =>
  server.requests.find((request) => request.method === method && request.path === path)?.body;
const panel = async (name: string) => within(await screen.findByRole('region', { name }));

it('opens from the menu of the button with one’s initials', async () => {
  const { user, router } = renderApp('/nowhere');
  await user.click(await screen.findByRole('button', { name: 'Your account: Ada Lovelace' }));
  expect(await screen.findByText('ada@example.com')).toBeVisible();
  await user.click(screen.getByRole('menuitem', { name: 'Your account' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/account'));
  expect(await screen.findByRole('heading', { name: 'Your account' })).toBeVisible();
});

it('stores another name', async () => {
  server.answer('PUT', '/api/auth/profile', profileSchema, ({ body }) => {
    profile = { ...ada, name: z.object({ name: z.string() }).parse(body).name };
    return profile;
  });
  const { user } = renderApp('/account');
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Ada King');
  await user.click(screen.getByRole('button', { name: 'Save name' }));
  await waitFor(() => expect(sent('PUT', '/api/auth/profile')).toEqual({ name: 'Ada King' }));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Save name' })).toBeDisabled());
});

describe('the password', () => {
  it('is changed with the current one, and the fields are empty afterwards', async () => {
    server.answer('POST', '/api/auth/password', endedSessionsSchema, { endedSessions: 1 });
    const { user } = renderApp('/account');
    const password = await panel('Password');
    await user.type(password.getByLabelText('Current password'), 'the old one');
    await user.type(password.getByLabelText('New password'), PASSPHRASE);
    await user.click(password.getByRole('button', { name: 'Change password' }));
    await waitFor(() => expect(password.getByLabelText('New password')).toHaveValue(''));
    expect(password.getByLabelText('Current password')).toHaveValue('');
    expect(sent('POST', '/api/auth/password')).toEqual({ currentPassword: 'the old one', newPassword: PASSPHRASE });
  });

  it('stays as it is where the current one is wrong', async () => {
    server.refuse('POST', '/api/auth/password', 401, refusal('INVALID_CREDENTIAL', 'The password is wrong.'));
    const { user } = renderApp('/account');
    const password = await panel('Password');
    await user.type(password.getByLabelText('Current password'), 'not it');
    await user.type(password.getByLabelText('New password'), PASSPHRASE);
    await user.click(password.getByRole('button', { name: 'Change password' }));
    expect(await password.findByRole('alert')).toHaveTextContent('The password is wrong.');
  });

  it('is not offered to whoever signs in by single sign-on alone', async () => {
    profile = { ...ada, hasPassword: false, sso: true };
    renderApp('/account');
    expect((await panel('Password')).getByText(/have no password here/)).toBeVisible();
    expect((await panel('Second factor')).queryByRole('button')).not.toBeInTheDocument();
  });
});

describe('the second factor', () => {
  it('is set up with a password, an app and a code; its recovery codes are kept before one goes on', async () => {
    server.answer('POST', '/api/auth/second-factor/enrolment', secondFactorEnrolmentSchema, {
      otpauthUri: 'otpauth://totp/Wardline:ada?secret=ABC234',
      secret: 'ABC234',
      recoveryCodes: CODES,
    });
    server.answer('POST', '/api/auth/second-factor/enrolment/confirm', z.object({}), () => {
      profile = { ...ada, secondFactor: true };
      return {};
    });
    const { user } = renderApp('/account');
    await user.click((await panel('Second factor')).getByRole('button', { name: 'Set up' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Set up the second factor' }));
    await user.type(dialog.getByLabelText('Your password'), PASSPHRASE);
    await user.click(dialog.getByRole('button', { name: 'Continue' }));
    expect(await dialog.findByRole('img', { name: /QR code/ })).toBeVisible();
    expect(dialog.getByText('ABC234')).toBeVisible();
    await waitFor(() => expect(dialog.getByLabelText('Six-digit code')).toHaveFocus());
    await user.keyboard('123456');
    expect(await dialog.findByText('aaaa-1111')).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Copy all' })).toHaveFocus();
    expect(sent('POST', '/api/auth/second-factor/enrolment/confirm')).toEqual({ code: '123456' });
    expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled();
    await user.keyboard('{Escape}');
    await user.click(dialog.getByRole('checkbox', { name: 'I have kept these codes' }));
    await user.click(dialog.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByText('aaaa-1111')).not.toBeInTheDocument());
    expect((await panel('Second factor')).getByText('On')).toBeVisible();
  });

  it('gets new recovery codes, and is switched off, with the password', async () => {
    profile = { ...ada, secondFactor: true };
    server.answer('POST', '/api/auth/second-factor/recovery-codes', recoveryCodesSchema, { recoveryCodes: CODES });
    server.answer('POST', '/api/auth/second-factor/disable', z.object({}), () => {
      profile = ada;
      return {};
    });
    const { user } = renderApp('/account');
    const factor = await panel('Second factor');
    await user.click(factor.getByRole('button', { name: 'New recovery codes' }));
    await user.type(await screen.findByLabelText('Your password'), PASSPHRASE);
    await user.click(screen.getByRole('button', { name: 'Make new codes' }));
    expect(await screen.findByText('bbbb-2222')).toBeVisible();
    await user.click(screen.getByRole('checkbox'));
    await user.click(screen.getByRole('button', { name: 'Done' }));
    await user.click(factor.getByRole('button', { name: 'Switch off' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Switch off the second factor?' }));
    await user.type(dialog.getByLabelText('Your password'), PASSPHRASE);
    await user.click(dialog.getByRole('button', { name: 'Switch off' }));
    expect(await factor.findByText('Off')).toBeVisible();
  });
});

describe('sessions', () => {
  it('are listed by their devices, and others than this one can be ended', async () => {
    server.answer('DELETE', '/api/auth/sessions/:id', endedSessionsSchema, ({ params }) => {
      sessions = sessions.filter(({ id }) => id !== params.id);
      return { endedSessions: 1 };
    });
    const { user } = renderApp('/account');
    const list = await panel('Sessions');
    expect(await list.findByText('Firefox on Linux')).toBeVisible();
    expect(list.getByText('This session')).toBeVisible();
    expect(list.queryByRole('button', { name: 'End Firefox on Linux' })).not.toBeInTheDocument();
    await user.click(list.getByRole('button', { name: 'End curl' }));
    await waitFor(() => expect(list.queryByText('curl')).not.toBeInTheDocument());
  });

  it('all end after a question, and the console is left with all that it holds', async () => {
    const replace = vi.spyOn(location, 'replace').mockImplementation(() => undefined);
    server.answer('POST', '/api/auth/sign-out-everywhere', endedSessionsSchema, { endedSessions: 2 });
    const { user } = renderApp('/account');
    await user.click((await panel('Sessions')).getByRole('button', { name: 'Sign out everywhere' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Sign out everywhere?' }));
    expect(replace).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Sign out everywhere' }));
    await waitFor(() => expect(replace).toHaveBeenCalledWith('/sign-in'));
    replace.mockRestore();
  });
});
