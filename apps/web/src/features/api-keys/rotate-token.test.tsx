import { screen, waitFor, within } from '@testing-library/react';
import { apiKeyAggregateSchema, pageOf, type TokenAggregate, tokenAggregateSchema } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { pageWith } from '../../test-support/fixtures.ts';
import { renderUi } from '../../test-support/render.tsx';
import { ApiKeysPanel } from './api-keys-panel.tsx';

const DAY = 86_400_000;
const owner = { apiKeyType: 'SERVICE_ACCOUNT', parentIdentifier: 'terraform' } as const;
const described = {
  description: '',
  tags: {},
  accountIdentifier: 'default',
  orgIdentifier: null,
  projectIdentifier: null,
  ...owner,
};

function token(name: string, expiryAt: number, scheduledExpireTime: number | null = null): TokenAggregate {
  const times = { validFrom: 1, validTo: expiryAt, scheduledExpireTime, valid: true };
  return {
    token: { ...described, identifier: name, name, apiKeyIdentifier: 'ci', ...times, email: null, username: null },
    expiryAt,
    createdAt: 1,
    lastModifiedAt: 1,
    lastUsedAt: null,
  };
}

let server: FakeServer;
let tokens: TokenAggregate[];
beforeEach(() => {
  tokens = [token('nightly', Date.now() + 3.5 * DAY)];
  server = startFakeServer();
  const key = { ...described, identifier: 'ci', name: 'ci', defaultTimeToExpireToken: null };
  server.data('GET', '/ng/api/apikey/aggregate', pageOf(apiKeyAggregateSchema), () =>
    pageWith([{ apiKey: key, createdAt: 1, lastModifiedAt: 1, tokensCount: 1 }]),
  );
  server.data('GET', '/ng/api/token/aggregate', pageOf(tokenAggregateSchema), () => pageWith(tokens));
});

it('replaces a key that ends soon, shows the new one once, and lets the old one go on meanwhile', async () => {
  server.data('POST', '/ng/api/token/rotate/:id', z.string(), ({ query }) => {
    const until = Number(query.get('rotateTimestamp'));
    tokens = [token('nightly_old', until, until), token('nightly', Date.now() + 90 * DAY)];
    return 'the whole new text, once';
  });
  const { user } = renderUi(<ApiKeysPanel owner={owner} />);
  expect(await screen.findByText('Expires in 4 days')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Rotate nightly' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Rotate nightly?' }));
  await user.selectOptions(dialog.getByLabelText('The old key stops'), 'In 7 days');
  await user.click(dialog.getByRole('button', { name: 'Rotate' }));
  expect(await screen.findByText('the whole new text, once')).toBeVisible();
  const sent = server.requests.find(({ path }) => path === '/ng/api/token/rotate/nightly');
  expect(Number(sent?.query.get('rotateTimestamp')) - Date.now()).toBeGreaterThan(6.9 * DAY);
  expect(Object.fromEntries(sent?.query ?? [])).toMatchObject({ ...owner, apiKeyIdentifier: 'ci' });
  await user.click(screen.getByRole('button', { name: 'I have kept the key' }));
  await waitFor(() => expect(screen.queryByText('the whole new text, once')).not.toBeInTheDocument());
  expect(screen.getByText('Being replaced')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Rotate nightly_old' })).not.toBeInTheDocument();
});

it('ends the old one at once where one says so', async () => {
  server.data('POST', '/ng/api/token/rotate/:id', z.string(), 'new');
  const { user } = renderUi(<ApiKeysPanel owner={owner} />);
  await user.click(await screen.findByRole('button', { name: 'Rotate nightly' }));
  await user.selectOptions(await screen.findByLabelText('The old key stops'), 'At once');
  await user.click(screen.getByRole('button', { name: 'Rotate' }));
  await screen.findByText('I have kept the key');
  const sent = server.requests.find(({ path }) => path === '/ng/api/token/rotate/nightly');
  expect(sent?.query.has('rotateTimestamp')).toBe(false);
});

it('only lists keys for whoever may not manage them', async () => {
  renderUi(<ApiKeysPanel owner={owner} mayManage={false} />);
  expect(await screen.findByText('nightly')).toBeVisible();
  expect(screen.queryByRole('button')).not.toBeInTheDocument();
});
