import { screen, waitFor, within } from '@testing-library/react';
import { type SimulatorSeed, settingsSchema, simulatorSeedSchema } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { settings } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';

const seed: SimulatorSeed = {
  region: 'local-1',
  accountId: '111122223333',
  keys: [
    {
      name: 'working',
      arn: 'arn:aws:kms:local-1:111122223333:key/k1',
      aliasArn: 'arn:aws:kms:local-1:111122223333:alias/working',
      state: 'Enabled',
    },
  ],
  users: [{ name: 'operator', accessKeyId: 'key-id-1', secretAccessKey: 'covered-value', can: 'Everything needed' }],
  roles: [
    {
      name: 'assumable',
      arn: 'arn:aws:iam::111122223333:role/assumable',
      trust: 'The host role',
      externalId: 'ext-1',
      maxSessionDuration: 3600,
    },
  ],
  oidcProviders: [{ url: 'http://127.0.0.1:8080/oidc', audiences: ['sts.amazonaws.com'] }],
};

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
});

it('shows the values to copy and that they open nothing else', async () => {
  server.answer('GET', '/api/simulator', simulatorSeedSchema, seed);
  renderApp('/settings/simulator');
  expect(await screen.findByText(/open nothing but the simulator/)).toBeVisible();
  const keys = within(screen.getByRole('region', { name: 'Keys' }));
  expect(keys.getByText('Enabled')).toBeVisible();
  expect(keys.getByText('arn:aws:kms:local-1:111122223333:key/k1')).toBeVisible();
  const roles = within(screen.getByRole('region', { name: 'Roles' }));
  expect(roles.getByText('ext-1')).toBeVisible();
});

it('covers a secret access key until it is asked for, and copies it covered', async () => {
  server.answer('GET', '/api/simulator', simulatorSeedSchema, seed);
  const { user } = renderApp('/settings/simulator');
  const reveal = await screen.findByRole('button', { name: 'Reveal secret access key of operator' });
  expect(screen.queryByText('covered-value')).not.toBeInTheDocument();

  await user.click(screen.getByRole('button', { name: 'Copy secret access key of operator' }));
  expect(await navigator.clipboard.readText()).toBe('covered-value');
  expect(screen.queryByText('covered-value')).not.toBeInTheDocument();

  await user.click(reveal);
  expect(screen.getByText('covered-value')).toBeVisible();
});

it('shows where the account is administered, with a command to copy that repairs the disabled key', async () => {
  const disabled = { name: 'off', arn: 'arn:aws:kms:local-1:111122223333:key/k2', aliasArn: 'a', state: 'Disabled' };
  const controlUrl = 'http://127.0.0.1:4566/token/control';
  server.answer('GET', '/api/simulator', simulatorSeedSchema, { ...seed, controlUrl, keys: [...seed.keys, disabled] });
  const { user } = renderApp('/settings/simulator');
  await user.click(await screen.findByRole('button', { name: 'Copy Enable a key' }));
  const command = `curl -X POST ${controlUrl} -d '{"command":"enable-key","key":"off"}'`;
  expect(await navigator.clipboard.readText()).toBe(command);
  expect(screen.getByText(command)).toBeVisible();
});

it('says of a role that another role assumes how long its sessions can be', async () => {
  const host = { name: 'host', arn: 'arn:aws:iam::111122223333:role/host', trust: 'EC2', maxSessionDuration: 3600 };
  const chained = { ...host, name: 'chained', arn: `${host.arn}-2`, trust: 'host, by name', maxSessionDuration: 7200 };
  server.answer('GET', '/api/simulator', simulatorSeedSchema, { ...seed, roles: [host, chained] });
  renderApp('/settings/simulator');
  const roles = within(await screen.findByRole('region', { name: 'Roles' }));
  expect(roles.getByText(/^7200 seconds; 3600 from the simulated host/)).toBeVisible();
  expect(roles.getByText('3600 seconds')).toBeVisible();
});

it('forgets the values when the page is left', async () => {
  server.answer('GET', '/api/simulator', simulatorSeedSchema, seed);
  const { user, queryClient } = renderApp('/settings/simulator');
  await screen.findByText('key-id-1');
  await user.click(screen.getByRole('link', { name: 'Wardline' }));
  await screen.findByRole('heading', { name: 'Settings' });
  await waitFor(() => expect(queryClient.getQueryCache().find({ queryKey: ['simulator'] })).toBeUndefined());
});

it('says how to turn the simulator on where it is off', async () => {
  server.refuse('GET', '/api/simulator', 404, {
    status: 'FAILURE',
    code: 'ENTITY_NOT_FOUND',
    message: 'The simulator is off.',
    correlationId: 'c-1',
    errors: null,
  });
  renderApp('/settings/simulator');
  expect(await screen.findByRole('heading', { name: 'The simulator is off' })).toBeVisible();
  expect(screen.getByText('WARDLINE_SIMULATOR=on')).toBeVisible();
});
