import { screen, waitFor, within } from '@testing-library/react';
import {
  invitedUserSchema,
  pageOf,
  roleResponseSchema,
  settingsSchema,
  userAggregateSchema,
  userLinkSchema,
  userSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { aggregateOf, builtInRoles, customRole, listedUser } from '../../test-support/access-fixtures.ts';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { pageWith, refusal, settings, signedInWith } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';
import type { ListedUser } from './api/list-users.ts';

const PATH = '/settings/access-control/users';
const admin = { identifier: '_account_admin', name: 'Account Admin' };

let server: FakeServer;
let users: ListedUser[];
beforeEach(() => {
  users = [
    listedUser('Grace', { roles: [admin], secondFactor: true, lastSignInAt: new Date().toISOString() }),
    listedUser('Alan', { status: 'LOCKED' }),
    listedUser('Ada', { id: 'u1' }),
  ];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.answer('GET', '/api/users', pageOf(userSchema), () => pageWith(users));
  server.data('POST', '/ng/api/user/aggregate', pageOf(userAggregateSchema), () => pageWith(users.map(aggregateOf)));
  const roles = [...builtInRoles, customRole('auditor', ['core_audit_view'])];
  server.data('GET', '/authz/api/roles', pageOf(roleResponseSchema), pageWith(roles));
});

const rowOf = async (name: string) => within(await screen.findByRole('row', { name: new RegExp(name) }));
const sent = (method: string, path: string) =>
  server.requests.findLast((request) => request.method === method && request.path === path);

it('tells of each user whether they can sign in, how, when they did, and their roles', async () => {
  renderApp(PATH);
  const grace = await rowOf('Grace');
  for (const text of ['Active', 'Account Admin', 'On', 'just now']) expect(grace.getByText(text)).toBeVisible();
  const alan = await rowOf('Alan');
  for (const text of ['Locked', 'None', 'Off', 'Never']) expect(alan.getByText(text)).toBeVisible();
});

it('invites somebody with a role and shows the link once, with how long it is valid', async () => {
  const link = 'http://wardline.test/invitation#token=abc';
  const expiresAt = new Date(Date.now() + 7 * 86_400_000).toISOString();
  server.answer('POST', '/api/users', invitedUserSchema, () => {
    const barbara = listedUser('Barbara', { status: 'INVITED', hasPassword: false, invitationExpiresAt: expiresAt });
    users = [...users, barbara];
    return { user: barbara, link, expiresAt };
  });
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Invite a user' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.click(dialog.getByRole('button', { name: 'Invite' }));
  expect(await dialog.findByText('Enter a name.')).toBeVisible();
  await user.type(dialog.getByLabelText('E-mail address'), 'barbara@example.com');
  await user.type(dialog.getByLabelText('Name'), 'Barbara');
  await user.click(dialog.getByRole('combobox', { name: 'Role at the account level' }));
  await user.click(await screen.findByRole('option', { name: /Secrets Reader/ }));
  await user.click(dialog.getByRole('button', { name: 'Invite' }));
  expect(await dialog.findByText(link)).toBeVisible();
  expect(dialog.getByText(/works once and is valid for 7 days/)).toBeVisible();
  const body = { email: 'barbara@example.com', name: 'Barbara', roleIdentifier: '_secrets_reader' };
  expect(sent('POST', '/api/users')?.body).toEqual(body);
  await user.click(dialog.getByRole('button', { name: 'I have copied the link' }));
  await waitFor(() => expect(screen.queryByText(link)).not.toBeInTheDocument());
  expect((await rowOf('Barbara')).getByText('Invited')).toBeVisible();
});

it('offers no role that holds a right which one lacks, and says which', async () => {
  const rights = ['core_user_view', 'core_user_invite', 'core_role_view', 'core_role_edit', 'core_audit_view'] as const;
  server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(rights));
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Invite a user' }));
  await user.click(await screen.findByRole('combobox', { name: 'Role at the account level' }));
  const reader = await screen.findByRole('option', { name: /Secrets Reader/ });
  expect(reader).toHaveAttribute('data-combobox-disabled');
  expect(reader).toHaveTextContent('you lack “See secrets, without their values” and 1 more');
  expect(screen.getByRole('option', { name: /auditor/ })).not.toHaveAttribute('data-combobox-disabled');
});

it('names what goes before it deletes a user, and why where the server refuses', async () => {
  server.refuse(
    'DELETE',
    '/api/users/:id',
    400,
    refusal('INVALID_REQUEST', 'The account would have no administrator.'),
  );
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Actions for Grace' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete Grace?' }));
  expect(dialog.getByText(/their sessions and API keys/)).toBeVisible();
  expect(dialog.getByText(/role assignments and memberships/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await dialog.findByText('The account would have no administrator.')).toBeVisible();
  server.answer('DELETE', '/api/users/:id', z.object({}), ({ params }) => {
    users = users.filter(({ id }) => id !== params.id);
    return {};
  });
  await user.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(screen.queryByRole('row', { name: /Grace/ })).not.toBeInTheDocument());
});

it('locks and unlocks, and leaves oneself out', async () => {
  server.answer('PUT', '/api/users/:id', userSchema, ({ params, body }) => {
    const { disabled } = z.object({ disabled: z.boolean() }).parse(body);
    const status = disabled ? 'LOCKED' : 'ACTIVE';
    users = users.map((one) => (one.id === params.id ? { ...one, status } : one));
    return users.find(({ id }) => id === params.id) ?? listedUser('nobody');
  });
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Actions for Alan' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Unlock' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Unlock' }));
  expect(await (await rowOf('Alan')).findByText('Active')).toBeVisible();
  expect(sent('PUT', '/api/users/alan')?.body).toEqual({ name: 'Alan', disabled: false });
  await user.click(screen.getByRole('button', { name: 'Actions for Ada' }));
  expect(await screen.findByRole('menuitem', { name: /Lock This is you/ })).toBeDisabled();
});

it('makes a password reset link after a question, and only for who can sign in', async () => {
  const answer = { link: 'http://wardline.test/reset-password#token=abc', expiresAt: new Date().toISOString() };
  server.answer('POST', '/api/users/:id/password-reset', userLinkSchema, answer);
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Actions for Alan' }));
  expect(await screen.findByRole('menuitem', { name: 'Unlock' })).toBeVisible();
  expect(screen.queryByRole('menuitem', { name: 'Password reset link' })).not.toBeInTheDocument();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Actions for Grace' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Password reset link' }));
  await user.click(await screen.findByRole('button', { name: 'Make the link' }));
  expect(await screen.findByText(answer.link)).toBeVisible();
});

it('shows whoever may only see users nothing to do', async () => {
  server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_user_view']));
  renderApp(PATH);
  expect(await screen.findByRole('row', { name: /Grace/ })).toBeVisible();
  expect(screen.queryByRole('button', { name: /Actions for|Invite/ })).not.toBeInTheDocument();
  const tabs = within(screen.getByRole('navigation', { name: 'Access control' }));
  expect(tabs.getAllByRole('link').map((tab) => tab.textContent)).toEqual(['Users']);
});
