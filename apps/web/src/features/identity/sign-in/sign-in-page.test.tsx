// The page is loaded when it is first opened; here at once, so that no test waits for it.
import './sign-in-page.tsx';
import { screen, waitFor } from '@testing-library/react';
import {
  SSO_PROBLEMS,
  settingsSchema,
  signInOptionsSchema,
  signInResultSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { administrator, refusal, settings, signedOut } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.refuse('GET', '/api/whoami', 401, signedOut);
  server.answer('GET', '/api/settings', settingsSchema, settings);
  options({});
});

function options(changes: { setupRequired?: boolean; sso?: { name: string } }): void {
  const usual = { setupRequired: false, passwordSignIn: true, sso: null } as const;
  server.answer('GET', '/api/auth/options', signInOptionsSchema, { ...usual, ...changes });
}

/** From here on the server knows the session. */
function letIn(): void {
  server.answer('GET', '/api/whoami', whoAmISchema, administrator);
}

async function typeCredentials(user: ReturnType<typeof renderApp>['user']): Promise<void> {
  await user.type(await screen.findByLabelText('E-mail address'), 'ada@example.com');
  await user.type(screen.getByLabelText('Password'), 'a long enough phrase');
}

describe('with a password', () => {
  it('comes first where nobody is signed in, and leads to the page that one wanted', async () => {
    server.answer('POST', '/api/auth/sign-in', signInResultSchema, () => {
      letIn();
      return { next: 'signed-in' };
    });
    const { router, user } = renderApp('/settings/simulator?from=mail');
    await typeCredentials(user);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(router.state.location.href).toBe('/settings/simulator?from=mail'));
    expect(server.requests.find(({ path }) => path === '/api/auth/sign-in')?.body).toEqual({
      email: 'ada@example.com',
      password: 'a long enough phrase',
    });
  });

  it('tells the browser which field is which', async () => {
    renderApp('/sign-in');
    expect(await screen.findByLabelText('E-mail address')).toHaveAttribute('autocomplete', 'username');
    expect(screen.getByLabelText('Password')).toHaveAttribute('autocomplete', 'current-password');
  });

  it('says what is missing before anything is sent', async () => {
    const { user } = renderApp('/sign-in');
    await user.click(await screen.findByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Enter your password.')).toBeVisible();
    await waitFor(() => expect(screen.getByLabelText('E-mail address')).toHaveFocus());
    expect(server.requests.some(({ path }) => path === '/api/auth/sign-in')).toBe(false);
  });

  it('reads out a refusal in the server’s words and takes the next attempt', async () => {
    server.refuse(
      'POST',
      '/api/auth/sign-in',
      401,
      refusal('INVALID_CREDENTIAL', 'E-mail address or password is wrong.'),
    );
    const { user } = renderApp('/sign-in');
    await typeCredentials(user);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('E-mail address or password is wrong.');
    expect(screen.getByLabelText('Password')).toHaveFocus();
    expect(screen.getByRole('button', { name: 'Sign in' })).toBeEnabled();
  });

  it('counts down where the server asks to wait', async () => {
    const tooMany = refusal('TOO_MANY_REQUESTS', 'Too many attempts.');
    server.refuse('POST', '/api/auth/sign-in', 429, tooMany, { 'retry-after': '2' });
    const { user } = renderApp('/sign-in');
    await typeCredentials(user);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByRole('button', { name: /^Try again in [12] s$/ })).toBeDisabled();
    // Two seconds, on a machine that may be busy.
    expect(await screen.findByRole('button', { name: 'Sign in' }, { timeout: 15_000 })).toBeEnabled();
  });

  it('warns of Caps Lock', async () => {
    const { user } = renderApp('/sign-in');
    await user.click(await screen.findByLabelText('Password'));
    await user.keyboard('{CapsLock}a');
    expect(await screen.findByText('Caps Lock is on.')).toBeVisible();
  });
});

describe('with a second factor', () => {
  beforeEach(() => {
    server.answer('POST', '/api/auth/sign-in', signInResultSchema, { next: 'second-factor' });
    server.answer('POST', '/api/auth/second-factor', signInResultSchema, () => {
      letIn();
      return { next: 'signed-in' };
    });
  });

  async function openSecondStep() {
    const app = renderApp('/sign-in');
    await typeCredentials(app.user);
    await app.user.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByRole('heading', { name: 'Second factor' });
    return app;
  }
  const proof = () => server.requests.find(({ path }) => path === '/api/auth/second-factor')?.body;

  it('takes a pasted code, spaces and all, and sends it at once', async () => {
    const { user, router } = await openSecondStep();
    const code = screen.getByLabelText('Six-digit code');
    expect(code).toHaveAttribute('autocomplete', 'one-time-code');
    await waitFor(() => expect(code).toHaveFocus());
    await user.paste('123 456');
    await waitFor(() => expect(router.state.location.pathname).toBe('/settings'));
    expect(proof()).toEqual({ code: '123456' });
  });

  it('takes a recovery code where the app is out of reach', async () => {
    const { user, router } = await openSecondStep();
    await user.click(screen.getByRole('button', { name: 'Use a recovery code' }));
    await user.type(await screen.findByLabelText('Recovery code'), 'abcd-efgh');
    await user.click(screen.getByRole('button', { name: 'Verify' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/settings'));
    expect(proof()).toEqual({ recoveryCode: 'abcd-efgh' });
  });

  it('begins again where the first step is too long ago', async () => {
    server.refuse('POST', '/api/auth/second-factor', 401, refusal('INVALID_TOKEN', 'Enter your password again.'));
    const { user } = await openSecondStep();
    await user.paste('123456');
    await user.click(await screen.findByRole('button', { name: 'Sign in again' }));
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeVisible();
  });
});

it('offers the provider by its name, and comes back to the page that one wanted', async () => {
  options({ sso: { name: 'Example ID' } });
  renderApp('/settings/simulator');
  const link = await screen.findByRole('link', { name: 'Sign in with Example ID' });
  expect(link).toHaveAttribute('href', '/api/auth/sso/start?returnTo=%2Fsettings%2Fsimulator');
});

it('says why single sign-on led back, in the catalogue’s words', async () => {
  options({ sso: { name: 'Example ID' } });
  renderApp('/sign-in?error=sso-email-unverified');
  const { title, fix } = SSO_PROBLEMS['sso-email-unverified'];
  const alert = await screen.findByRole('alert');
  expect(alert).toHaveTextContent(title);
  expect(alert).toHaveTextContent(fix);
});

it('explains the setup link where nobody exists yet', async () => {
  options({ setupRequired: true });
  renderApp('/');
  expect(await screen.findByRole('heading', { name: 'Set up Wardline' })).toBeVisible();
  expect(screen.getByText(/\/setup#token=/)).toBeVisible();
  expect(screen.getByText(/restart the server/)).toBeVisible();
});

it('goes on at once for whoever is signed in already', async () => {
  letIn();
  const { router } = renderApp('/sign-in?returnTo=%2Fsettings%2Fsimulator');
  await waitFor(() => expect(router.state.location.pathname).toBe('/settings/simulator'));
});
