import { screen, waitFor, within } from '@testing-library/react';
import {
  type ApiKeyAggregate,
  apiKeyAggregateSchema,
  apiKeySchema,
  NO_EXPIRY,
  pageOf,
  type TokenAggregate,
  tokenAggregateSchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { pageWith, refusal } from '../../test-support/fixtures.ts';
import { renderUi } from '../../test-support/render.tsx';
import { ApiKeysPanel } from './api-keys-panel.tsx';

const owner = { apiKeyType: 'USER', parentIdentifier: 'u1' } as const;
const described = {
  description: '',
  tags: {},
  accountIdentifier: 'default',
  orgIdentifier: null,
  projectIdentifier: null,
  ...owner,
};
const holder: ApiKeyAggregate = {
  apiKey: { ...described, identifier: 'console', name: 'Made in the console', defaultTimeToExpireToken: null },
  createdAt: 1,
  lastModifiedAt: 1,
  tokensCount: 1,
};

function token(name: string, rest: Partial<TokenAggregate> = {}): TokenAggregate {
  const times = { validFrom: 1, validTo: NO_EXPIRY, scheduledExpireTime: null, valid: true };
  return {
    token: { ...described, identifier: name, name, apiKeyIdentifier: 'console', ...times, email: null, username: null },
    expiryAt: NO_EXPIRY,
    createdAt: Date.now() - 7_200_000,
    lastModifiedAt: 1,
    lastUsedAt: null,
    ...rest,
  };
}

let server: FakeServer;
let tokens: TokenAggregate[];
beforeEach(() => {
  tokens = [];
  server = startFakeServer();
  server.data('GET', '/ng/api/apikey/aggregate', pageOf(apiKeyAggregateSchema), () =>
    pageWith(tokens.length > 0 ? [holder] : []),
  );
  server.data('GET', '/ng/api/token/aggregate', pageOf(tokenAggregateSchema), () => pageWith(tokens));
  server.data('POST', '/ng/api/apikey', apiKeySchema, holder.apiKey);
  server.data('POST', '/ng/api/token', z.string(), ({ body }) => {
    tokens = [token(z.object({ name: z.string() }).parse(body).name)];
    return 'the whole text, once';
  });
});

const made = () => server.requests.find(({ method, path }) => method === 'POST' && path === '/ng/api/token')?.body;

it('shows a new key once, with a command to try it, and lists it afterwards', async () => {
  const { user } = renderUi(<ApiKeysPanel owner={owner} />);
  expect(await screen.findByText(/You have none/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'New API key' }));
  await user.type(await screen.findByLabelText('Name'), 'Terraform');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('the whole text, once')).toBeVisible();
  expect(screen.getByText(/curl -H "x-api-key/)).toBeVisible();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'I have kept the key' }));
  await waitFor(() => expect(screen.queryByText('the whole text, once')).not.toBeInTheDocument());
  expect(within(screen.getByRole('list', { name: 'API keys' })).getByText('Terraform')).toBeVisible();
  expect(made()).toMatchObject({ ...owner, name: 'Terraform', apiKeyIdentifier: 'console' });
});

it('needs no second holder for a second key', async () => {
  server.refuse('POST', '/ng/api/apikey', 400, refusal('DUPLICATE_FIELD', 'There is one.'));
  const { user } = renderUi(<ApiKeysPanel owner={owner} />);
  await user.click(await screen.findByRole('button', { name: 'New API key' }));
  await user.type(await screen.findByLabelText('Name'), 'Another');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('the whole text, once')).toBeVisible();
});

it('warns of a key without expiry, and takes no day that is over', async () => {
  const { user } = renderUi(<ApiKeysPanel owner={owner} />);
  await user.click(await screen.findByRole('button', { name: 'New API key' }));
  await user.type(await screen.findByLabelText('Name'), 'For ever');
  await user.selectOptions(screen.getByLabelText('Expires'), 'After a day that I choose');
  await user.type(screen.getByLabelText('Last day'), '2001-01-01');
  await user.click(screen.getByRole('button', { name: 'Create' }));
  expect(await screen.findByText('Choose a day that is not over yet.')).toBeVisible();
  await user.selectOptions(screen.getByLabelText('Expires'), 'Never');
  expect(screen.getByText(/works until somebody revokes it/)).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Create' }));
  await screen.findByText('the whole text, once');
  expect(made()).toMatchObject({ validTo: NO_EXPIRY });
});

it('revokes a key after a question', async () => {
  tokens = [token('old', { lastUsedAt: Date.now() - 60_000 }), token('new')];
  server.data('DELETE', '/ng/api/token/:id', z.boolean(), ({ params }) => {
    tokens = tokens.filter((each) => each.token.identifier !== params.id);
    return true;
  });
  const { user } = renderUi(<ApiKeysPanel owner={owner} />);
  await user.click(await screen.findByRole('button', { name: 'Revoke old' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Revoke old?' }));
  await user.click(dialog.getByRole('button', { name: 'Revoke' }));
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Revoke old' })).not.toBeInTheDocument());
  expect(screen.getByRole('button', { name: 'Revoke new' })).toBeVisible();
});
