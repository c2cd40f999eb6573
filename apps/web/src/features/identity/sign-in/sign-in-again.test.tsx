import './sign-in-again-dialog.tsx';
import { screen, waitFor, within } from '@testing-library/react';
import { signInOptionsSchema, signInResultSchema, whoAmISchema } from '@wardline/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { continueSignedIn } from '../../../lib/sign-in-again.ts';
import { administrator, refusal, signedOut } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { startWizardServer, stepHeading } from '../../../test-support/wizard-server.ts';
import { type Draft, EMPTY_DRAFT } from '../../wizard/draft/draft.ts';
import { useDraftStore } from '../../wizard/draft/draft-store.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab';
const READY: Partial<Draft> = {
  name: 'A',
  identifier: 'A',
  kmsArnInPlainText: KEY,
  region: 'eu-west-1',
  accessKey: 'account.key_id',
  secretKey: 'account.key_secret',
};

let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  continueSignedIn();
  server = startWizardServer();
  const usual = { setupRequired: false, passwordSignIn: true, sso: null } as const;
  server.answer('GET', '/api/auth/options', signInOptionsSchema, usual);
});

/** From here on the session is over: what the wizard stores is refused, until someone signs in. */
function endSession(): void {
  server.refuse('POST', '/ng/api/connectors', 401, signedOut);
  server.refuse('GET', '/api/whoami', 401, signedOut);
  server.answer('POST', '/api/auth/sign-in', signInResultSchema, () => {
    server.resume();
    server.answer('GET', '/api/whoami', whoAmISchema, administrator);
    return { next: 'signed-in' };
  });
}

async function saveWithoutSession() {
  useDraftStore.getState().put('new', { ...EMPTY_DRAFT, ...READY }, []);
  const app = renderApp('/settings/connectors/new/aws-kms/delegates');
  const save = await screen.findByRole('button', { name: 'Save and Continue' });
  endSession();
  await app.user.click(save);
  return { ...app, dialog: within(await screen.findByRole('dialog', { name: 'Your session has ended' })) };
}

describe('when the session ends in the wizard', () => {
  it('asks over the page, keeps the draft, and then finishes what was begun', async () => {
    const { user, dialog } = await saveWithoutSession();
    expect(useDraftStore.getState().entries.new?.draft).toMatchObject(READY);
    expect(dialog.getByLabelText('E-mail address')).toHaveValue('ada@example.com');
    await waitFor(() => expect(dialog.getByLabelText('Password')).toHaveFocus());
    await user.keyboard('a long enough phrase{Enter}');
    await stepHeading('Connection Test');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(
      server.requests.filter(({ method, path }) => method === 'POST' && path === '/ng/api/connectors'),
    ).toHaveLength(2);
  });

  it('stays where the password is wrong, and takes no Escape', async () => {
    const { user, dialog } = await saveWithoutSession();
    server.refuse('POST', '/api/auth/sign-in', 401, refusal('INVALID_CREDENTIAL', 'That is wrong.'));
    await user.type(dialog.getByLabelText('Password'), 'not it{Enter}');
    expect(await dialog.findByRole('alert')).toHaveTextContent('That is wrong.');
    await user.keyboard('{Escape}');
    expect(screen.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible();
  });

  it('goes on by itself when one has signed in beside it', async () => {
    await saveWithoutSession();
    server.resume();
    server.answer('GET', '/api/whoami', whoAmISchema, administrator);
    window.dispatchEvent(new Event('focus'));
    await stepHeading('Connection Test');
  });

  it('begins anew for somebody else', async () => {
    const reload = vi.spyOn(location, 'reload').mockImplementation(() => undefined);
    const { user, dialog } = await saveWithoutSession();
    server.answer('POST', '/api/auth/sign-in', signInResultSchema, () => {
      const principal = { ...administrator.principal, id: 'u2', identifier: 'grace@example.com' };
      server.answer('GET', '/api/whoami', whoAmISchema, { ...administrator, principal });
      return { next: 'signed-in' };
    });
    await user.type(dialog.getByLabelText('Password'), 'a long enough phrase{Enter}');
    await waitFor(() => expect(reload).toHaveBeenCalled());
    expect(screen.queryByRole('heading', { name: 'Connection Test' })).not.toBeInTheDocument();
    reload.mockRestore();
  });
});
