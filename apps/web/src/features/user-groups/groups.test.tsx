import { screen, waitFor, within } from '@testing-library/react';
import {
  groupMemberSchema,
  pageOf,
  roleAssignmentAggregateSchema,
  settingsSchema,
  type UserGroup,
  userAggregateSchema,
  userGroupInputSchema,
  userGroupSchema,
  userSchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { aggregateOf, listedUser, userGroup } from '../../test-support/access-fixtures.ts';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { pageWith, settings } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';

const PATH = '/settings/access-control/groups';
const people = [listedUser('Ada'), listedUser('Grace')];

let server: FakeServer;
let groups: UserGroup[];
const find = (identifier: string | undefined): UserGroup =>
  groups.find((group) => group.identifier === identifier) ?? userGroup('missing', []);

beforeEach(() => {
  groups = [userGroup('ops', ['ada'])];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/ng/api/user-groups', pageOf(userGroupSchema), () => pageWith(groups));
  server.data('GET', '/ng/api/user-groups/:id', userGroupSchema, ({ params }) => find(params.id));
  server.data('POST', '/ng/api/user-groups/:id/users', pageOf(groupMemberSchema), ({ params }) =>
    pageWith(
      people
        .filter(({ id }) => find(params.id).users.includes(id))
        .map(({ id, name, email }) => {
          return { uuid: id, name, email, locked: false, disabled: false, externallyManaged: false as const };
        }),
    ),
  );
  for (const [method, change] of [
    ['PUT', (users: string[], id: string) => [...users, id]],
    ['DELETE', (users: string[], id: string) => users.filter((each) => each !== id)],
  ] as const) {
    server.data(method, '/ng/api/user-groups/:id/member/:user', userGroupSchema, ({ params }) => {
      groups = groups.map((group) =>
        group.identifier === params.id ? { ...group, users: change(group.users, params.user ?? '') } : group,
      );
      return find(params.id);
    });
  }
  server.data('POST', '/authz/api/roleassignments/v2/filter', pageOf(roleAssignmentAggregateSchema), pageWith([]));
  server.answer('GET', '/api/users', pageOf(userSchema), pageWith(people));
  server.data('POST', '/ng/api/user/aggregate', pageOf(userAggregateSchema), pageWith(people.map(aggregateOf)));
});

it('makes a group and goes to it', async () => {
  server.data('POST', '/ng/api/user-groups', userGroupSchema, ({ body }) => {
    const made = userGroup(userGroupInputSchema.parse(body).identifier, []);
    groups = [...groups, made];
    return made;
  });
  const { user, router } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'New user group' }));
  await user.type(await screen.findByLabelText('Name'), 'Night shift');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('Nobody is in this group yet.')).toBeVisible();
  expect(router.state.location.pathname).toBe(`${PATH}/Night_shift`);
});

it('lets a user in, found by name, and takes one out after a question', async () => {
  const { user } = renderApp(`${PATH}/ops`);
  expect(await screen.findByText('ada@example.com')).toBeVisible();
  await user.click(screen.getByRole('combobox', { name: 'Add a member' }));
  await user.click(await screen.findByRole('option', { name: /Grace/ }));
  await user.click(screen.getByRole('button', { name: 'Add' }));
  const members = within(screen.getByRole('list', { name: 'Members' }));
  expect(await members.findByText('grace@example.com')).toBeVisible();
  await user.click(members.getByRole('button', { name: 'Take out Ada' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Take out' }));
  await waitFor(() => expect(members.queryByText('ada@example.com')).not.toBeInTheDocument());
  expect(find('ops').users).toEqual(['grace']);
});

it('renames a group and keeps its members and tags', async () => {
  server.data('PUT', '/ng/api/user-groups', userGroupSchema, ({ body }) => {
    const { name } = userGroupInputSchema.parse(body);
    groups = groups.map((group) => ({ ...group, name }));
    return find('ops');
  });
  const { user } = renderApp(`${PATH}/ops`);
  await user.click(await screen.findByRole('button', { name: 'Edit' }));
  const name = await screen.findByLabelText('Name');
  await user.clear(name);
  await user.type(name, 'Operations');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Operations' })).toBeVisible();
  const change = server.requests.find(({ method, path }) => method === 'PUT' && path === '/ng/api/user-groups');
  expect(change?.body).toMatchObject({ identifier: 'ops', name: 'Operations', users: ['ada'], tags: { team: 'x' } });
});
