// The page is loaded when it is first opened; here at once, so that no test waits for it.
import './one-time-link-page.tsx';
import { screen, waitFor } from '@testing-library/react';
import {
  connectorStatsSchema,
  type LinkCheck,
  linkCheckSchema,
  settingsSchema,
  signInResultSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { administrator, refusal, settings, signedOut } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { useLinkToken } from './link-token.ts';

const PASSPHRASE = 'rain on a tin roof';

let server: FakeServer;
beforeEach(() => {
  useLinkToken.setState({ token: undefined });
  server = startFakeServer();
  server.refuse('GET', '/api/whoami', 401, signedOut);
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/connectors/stats', connectorStatsSchema, { typeStats: [], statusStats: [] });
  server.answer('POST', '/api/auth/links/redeem', signInResultSchema, () => {
    server.answer('GET', '/api/whoami', whoAmISchema, administrator);
    return { next: 'signed-in' };
  });
});

function knows(link: Partial<LinkCheck>): void {
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const setup = { purpose: 'setup', email: null, expiresAt } as const;
  server.answer('POST', '/api/auth/links/check', linkCheckSchema, { ...setup, ...link });
}
const redeemed = () => server.requests.find(({ path }) => path === '/api/auth/links/redeem')?.body;

it('takes the token out of the address at once, and keeps it for the calls only', async () => {
  knows({});
  const { router } = renderApp('/setup#token=abc_123');
  await screen.findByRole('heading', { name: 'Create the first administrator' });
  expect(router.state.location.href).toBe('/setup');
  expect(server.requests.find(({ path }) => path === '/api/auth/links/check')?.body).toEqual({ token: 'abc_123' });
});

it('makes the first administrator and lets them in', async () => {
  knows({});
  const { router, user } = renderApp('/setup#token=abc_123');
  await user.type(await screen.findByLabelText('E-mail address'), 'Ada@Example.com');
  await user.type(screen.getByLabelText('Your name'), 'Ada Lovelace');
  await user.type(screen.getByLabelText('Password'), PASSPHRASE);
  await user.click(screen.getByRole('button', { name: 'Create and sign in' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/settings'));
  expect(redeemed()).toEqual({
    token: 'abc_123',
    email: 'ada@example.com',
    name: 'Ada Lovelace',
    password: PASSPHRASE,
  });
});

describe('choosing a password', () => {
  beforeEach(() => knows({ purpose: 'invitation', email: 'grace@example.com' }));

  it('counts while one types, and sends nothing that is too short', async () => {
    const { user } = renderApp('/invitation#token=abc');
    const password = await screen.findByLabelText('Password');
    await waitFor(() => expect(password).toHaveFocus());
    await user.type(password, 'short');
    expect(screen.getByText('At least 12 characters: 5 so far')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Set password and sign in' }));
    expect(await screen.findByText('A password has at least 12 characters.')).toBeVisible();
    expect(redeemed()).toBeUndefined();
  });

  it('shows at the field why the server refuses a password that many use', async () => {
    server.refuse('POST', '/api/auth/links/redeem', 400, {
      status: 'FAILURE',
      code: 'INVALID_REQUEST',
      message: 'The password is not taken.',
      correlationId: 'c-1',
      errors: [{ fieldId: 'password', error: 'Many people use this password. Choose another one.' }],
    });
    const { user } = renderApp('/invitation#token=abc');
    await user.type(await screen.findByLabelText('Password'), 'passwordpassword');
    await user.click(screen.getByRole('button', { name: 'Set password and sign in' }));
    expect(await screen.findByText('Many people use this password. Choose another one.')).toBeVisible();
    expect(screen.getByLabelText('Password')).toBeInvalid();
  });

  it('names whom the link is for, who can’t be changed', async () => {
    renderApp('/invitation#token=abc');
    const email = await screen.findByLabelText('E-mail address');
    expect(email).toHaveValue('grace@example.com');
    expect(email).toHaveAttribute('readonly');
    expect(screen.queryByLabelText('Your name')).not.toBeInTheDocument();
  });
});

it('asks for the second factor after a new password, where there is one', async () => {
  knows({ purpose: 'password-reset', email: 'grace@example.com' });
  server.answer('POST', '/api/auth/links/redeem', signInResultSchema, { next: 'second-factor' });
  const { user } = renderApp('/reset-password#token=abc');
  await user.type(await screen.findByLabelText('New password'), PASSPHRASE);
  await user.click(screen.getByRole('button', { name: 'Set password and sign in' }));
  expect(await screen.findByLabelText('Six-digit code')).toBeVisible();
});

it.each([
  ['/setup', /restart the server/],
  ['/invitation', /administrator who invited you/],
  ['/reset-password', /ask an administrator for a new one/],
])('says what to do with a link to %s that is used up', async (path, words) => {
  server.refuse('POST', '/api/auth/links/check', 401, refusal('INVALID_TOKEN', 'This link is not valid.'));
  renderApp(`${path}#token=abc`);
  expect(await screen.findByRole('heading', { name: 'This link does not work' })).toBeVisible();
  expect(screen.getByText(/used already, has expired/)).toBeVisible();
  expect(screen.getByText(words)).toBeVisible();
});

it('says that a reloaded page has lost its link', async () => {
  renderApp('/setup');
  expect(await screen.findByText(/A page that was reloaded has lost it/)).toBeVisible();
});
