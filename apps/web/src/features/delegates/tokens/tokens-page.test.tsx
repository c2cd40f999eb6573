// The page is loaded when it is first opened; here at once, so that no test waits for it.
import './tokens-page.tsx';
import { screen, within } from '@testing-library/react';
import {
  type DelegateTokenDetails,
  delegateTokenDetailsSchema,
  restResponseOf,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { delegateToken, rest, tokensFor } from '../../../test-support/delegates.ts';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { refusal, settings, signedInWith } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';

const PATH = '/ng/api/delegate-token-ng';
const one = restResponseOf(delegateTokenDetailsSchema);
let server: FakeServer;
let tokens: DelegateTokenDetails[];

beforeEach(() => {
  tokens = [];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.answer('GET', PATH, restResponseOf(delegateTokenDetailsSchema.array()), ({ query }) =>
    rest(tokensFor(query, tokens)),
  );
});

const openPage = () => renderApp('/settings/delegates/tokens');

describe('the page of delegate tokens', () => {
  it('makes one that ends in a year unless told otherwise', async () => {
    server.answer('POST', PATH, one, ({ query }) => {
      tokens = [delegateToken(query.get('tokenName') ?? '', { revokeAfter: Number(query.get('revokeAfter')) })];
      return rest(tokens[0] ?? delegateToken('none'));
    });
    const { user } = openPage();
    expect(await screen.findByText('No tokens yet')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'New token' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'New delegate token' }));
    await user.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await dialog.findByText('Enter a name.')).toBeVisible();
    await user.type(dialog.getByLabelText('Name'), 'eu west');
    await user.click(dialog.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('eu west')).toBeVisible();
    const sent = Number(server.requests.find(({ method }) => method === 'POST')?.query.get('revokeAfter'));
    expect(Math.round((sent - Date.now()) / 86_400_000)).toBe(365);
  });

  it('says why one was not made', async () => {
    server.refuse('POST', PATH, 400, refusal('INVALID_REQUEST', 'There is a token of this name.'));
    const { user } = openPage();
    await user.click(await screen.findByRole('button', { name: 'New token' }));
    await user.type(await screen.findByLabelText('Name'), 'taken');
    await user.click(screen.getByRole('button', { name: 'Create' }));
    expect(await screen.findByText('There is a token of this name.')).toBeVisible();
  });

  it('shows and copies a value only when asked to', async () => {
    tokens = [delegateToken('eu west')];
    const { user } = openPage();
    const copy = await screen.findByRole('button', { name: 'Copy the value of eu west' });
    const readings = () => server.requests.filter(({ method, query }) => method === 'GET' && query.get('name'));
    expect(readings()).toEqual([]);
    await user.click(copy);
    expect(await screen.findByText('Copied the value of eu west.')).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe('value of eu west');
    expect(screen.queryByText('value of eu west')).not.toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Show the value of eu west' }));
    expect(await screen.findByText('value of eu west')).toBeVisible();
    expect(readings().map(({ query }) => query.get('name'))).toEqual(['eu west', 'eu west']);
    await user.click(screen.getByRole('button', { name: 'Show the value of eu west' }));
    expect(screen.queryByText('value of eu west')).not.toBeInTheDocument();
  });

  it('says why a value is not shown', async () => {
    tokens = [delegateToken('eu west')];
    const { user } = openPage();
    const show = await screen.findByRole('button', { name: 'Show the value of eu west' });
    tokens = [];
    await user.click(show);
    expect(await screen.findByText(/The value of “eu west” is not shown/)).toBeVisible();
  });

  it('says before it revokes one how many delegates are disconnected', async () => {
    tokens = [delegateToken('eu west', { connectedDelegates: 3 })];
    server.answer('PUT', PATH, one, () => {
      tokens = [delegateToken('eu west', { status: 'REVOKED', value: null })];
      return rest(tokens[0] ?? delegateToken('none'));
    });
    const { user } = openPage();
    await user.click(await screen.findByRole('button', { name: 'Revoke eu west' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Revoke eu west?' }));
    expect(dialog.getByText(/^3 delegates that are connected with it will be disconnected/)).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('All tokens were revoked or have expired.')).toBeVisible();
    await user.click(screen.getByRole('switch', { name: 'Show revoked' }));
    expect(screen.getByText('Revoked')).toBeVisible();
  });

  it('has for whoever only views neither values nor deeds', async () => {
    server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_delegate_view']));
    tokens = [delegateToken('eu west', { value: null })];
    openPage();
    expect(await screen.findByText('eu west')).toBeVisible();
    expect(screen.queryByRole('button', { name: /Revoke|New token|value/ })).not.toBeInTheDocument();
  });
});
