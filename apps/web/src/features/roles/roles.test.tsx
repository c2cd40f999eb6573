import { screen, waitFor, within } from '@testing-library/react';
import {
  pageOf,
  type RoleAssignmentAggregate,
  type RoleResponse,
  roleAssignmentAggregateSchema,
  roleAssignmentResponseSchema,
  roleInputSchema,
  roleResponseSchema,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { assignmentOf, builtInRoles, customRole } from '../../test-support/access-fixtures.ts';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { pageWith, settings, signedInWith } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';

const PATH = '/settings/access-control/roles';
const operator = customRole('operator', ['core_connector_view', 'core_connector_edit']);

let server: FakeServer;
let roles: RoleResponse[];
let assignments: RoleAssignmentAggregate[];
beforeEach(() => {
  roles = [...builtInRoles, operator];
  const ada = { type: 'USER', identifier: 'u1', scopeLevel: null, name: 'Ada', email: 'ada@example.com' } as const;
  assignments = [assignmentOf(ada, operator)];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('GET', '/authz/api/roles', pageOf(roleResponseSchema), () => pageWith(roles));
  server.data('GET', '/authz/api/roles/:id', roleResponseSchema, ({ params }) => {
    return roles.find(({ role }) => role.identifier === params.id) ?? operator;
  });
  server.data('POST', '/authz/api/roleassignments/v2/filter', pageOf(roleAssignmentAggregateSchema), () =>
    pageWith(assignments),
  );
});

it('marks built-in roles, which offer nothing that would change them', async () => {
  const { user } = renderApp(PATH);
  const row = within(await screen.findByRole('row', { name: /Account Admin/ }));
  expect(row.getByText('Built-in')).toBeVisible();
  await user.click(row.getByRole('button', { name: 'Actions for Account Admin' }));
  expect((await screen.findAllByRole('menuitem')).map((item) => item.textContent)).toEqual(['View']);
});

it('makes a role from rights in words, its ID following the name', async () => {
  server.data('POST', '/authz/api/roles', roleResponseSchema, ({ body }) => {
    const { identifier, permissions } = roleInputSchema.parse(body);
    const made = customRole(identifier, permissions);
    roles = [...roles, made];
    return made;
  });
  const { user, router } = renderApp(`${PATH}/new`);
  await user.type(await screen.findByLabelText('Name'), 'Key tester');
  expect(screen.getByLabelText('ID')).toHaveValue('Key_tester');
  const connectors = within(screen.getByRole('group', { name: 'Connectors' }));
  await user.click(connectors.getByLabelText('Test and use connectors'));
  await user.click(screen.getByRole('button', { name: 'Create role' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`${PATH}/Key_tester`));
  expect(
    server.requests.find(({ method, path }) => method === 'POST' && path === '/authz/api/roles')?.body,
  ).toMatchObject({ identifier: 'Key_tester', name: 'Key tester', permissions: ['core_connector_access'] });
});

it('can’t put a right into a role that one lacks, nor keep one there', async () => {
  const rights = ['core_role_view', 'core_role_edit', 'core_connector_view'] as const;
  server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(rights));
  renderApp(`${PATH}/operator/edit`);
  expect(await screen.findByText(/has rights that you don’t have/)).toBeVisible();
  const connectors = within(screen.getByRole('group', { name: 'Connectors' }));
  expect(connectors.getByLabelText('Delete connectors')).toBeDisabled();
  expect(connectors.getByLabelText('Create and change connectors')).toBeEnabled();
  expect(connectors.getByLabelText('See connectors and their last test')).toBeChecked();
  expect(connectors.getAllByText('You don’t have this right, so you can’t give it.')).toHaveLength(3);
});

it('tells who has a role, and takes it away after a question', async () => {
  server.data('DELETE', '/authz/api/roleassignments/:id', roleAssignmentResponseSchema, ({ params }) => {
    const { scope, ...taken } = assignmentOf(assignments[0]?.principal ?? unknown, operator);
    assignments = assignments.filter(({ identifier }) => identifier !== params.id);
    const { name: _name, email: _email, ...principal } = taken.principal;
    const roleReference = { identifier: 'operator', scopeLevel: 'account' } as const;
    const group = {
      resourceGroupIdentifier: taken.resourceGroup.identifier,
      roleIdentifier: 'operator',
      roleReference,
    };
    const roleAssignment = { identifier: taken.identifier, ...group, principal, disabled: false, managed: false };
    return { roleAssignment, scope, createdAt: 1, lastModifiedAt: 1, harnessManaged: false };
  });
  const { user } = renderApp(`${PATH}/operator`);
  const holders = within(await screen.findByRole('list', { name: 'Who has operator' }));
  expect(holders.getByRole('link', { name: 'Ada' })).toHaveAttribute('href', '/settings/access-control/users/u1');
  await user.click(holders.getByRole('button', { name: 'Take away operator from Ada' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Take away' }));
  expect(await screen.findByText('Nobody has this role at the account level.')).toBeVisible();
});

const unknown = { type: 'USER', identifier: 'nobody', scopeLevel: null, name: 'Nobody', email: null } as const;
