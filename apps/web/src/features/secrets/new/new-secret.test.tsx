import { screen, waitFor } from '@testing-library/react';
import {
  FILE_MAX_BYTES,
  secretManagersResponseSchema,
  secretResponseSchema,
  settingsSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { refusal, settings, signedInWith } from '../../../test-support/fixtures.ts';
import { renderApp } from '../../../test-support/render.tsx';
import { answerSecrets, builtIn, disabledKey, kms, secretResponse } from '../../../test-support/secrets.ts';

const PATH = '/settings/secrets/new';
const FILES = '/ng/api/v2/secrets/files';
const PEM = '-----BEGIN TEST-----\nnothing secret\n-----END TEST-----';

let server: FakeServer;
beforeEach(() => {
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  answerSecrets(server);
  server.data('GET', '/ng/api/v2/secrets/validateUniqueIdentifier/:id', z.boolean(), true);
  server.data('POST', '/ng/api/v2/secrets', secretResponseSchema, secretResponse());
});

const sent = (path: string) =>
  server.requests.findLast((request) => request.method === 'POST' && request.path === path);
const nameField = () => screen.findByRole('textbox', { name: 'Name' });
const valueField = () => screen.getByRole('textbox', { name: 'Value' });
const create = () => screen.getByRole('button', { name: 'Create secret' });

describe('a text', () => {
  it('goes to the default manager as it was pasted, and its page follows', async () => {
    const { user, router } = renderApp(PATH);
    await user.type(await nameField(), 'DB password');
    expect(screen.getByRole('textbox', { name: 'ID' })).toHaveValue('DB_password');
    expect(await screen.findByRole('combobox', { name: 'Secret manager' })).toHaveValue('Production key');
    await user.click(valueField());
    await user.paste(PEM);
    await user.clear(screen.getByRole('textbox', { name: 'ID' }));
    await user.type(screen.getByRole('textbox', { name: 'ID' }), 'db_password');
    await user.click(create());
    await waitFor(() => expect(router.state.location.pathname).toBe('/settings/secrets/db_password'));
    expect(sent('/ng/api/v2/secrets')?.body).toMatchObject({
      secret: { type: 'SecretText', spec: { value: PEM, secretManagerIdentifier: 'kms' } },
    });
  });

  it('is masked until one looks', async () => {
    const { user } = renderApp(PATH);
    await nameField();
    const masked = valueField().className;
    await user.click(screen.getByRole('button', { name: 'Show what is typed' }));
    expect(valueField().className).not.toBe(masked);
    expect(screen.getByRole('button', { name: 'Hide what is typed' })).toHaveAttribute('aria-pressed', 'true');
  });

  it('keeps everything that was typed where KMS refuses, and shows the cause with its fixes', async () => {
    const body = { ...refusal('KMS_OPERATION_ERROR', 'The key is disabled.'), metadata: { finding: disabledKey } };
    server.refuse('POST', '/ng/api/v2/secrets', 400, body);
    const { user } = renderApp(PATH);
    await user.type(await nameField(), 'Token');
    await user.type(valueField(), 'not-stored');
    await user.click(create());
    expect(await screen.findByRole('heading', { name: disabledKey.title })).toBeVisible();
    expect(screen.getByText('aws kms enable-key --key-id 1234')).toBeVisible();
    expect(valueField()).toHaveValue('not-stored');
    expect(await nameField()).toHaveValue('Token');
  });

  it('says at the secret manager why the server does not take it, until another one is chosen', async () => {
    const why = 'The secret manager “kms” is disabled.';
    server.refuse('POST', '/ng/api/v2/secrets', 400, {
      status: 'FAILURE',
      code: 'INVALID_REQUEST',
      message: `secret.spec.secretManagerIdentifier: ${why}`,
      correlationId: 'c-1',
      errors: [{ fieldId: 'secret.spec.secretManagerIdentifier', error: why }],
    });
    const { user } = renderApp(PATH);
    await user.type(await nameField(), 'Token');
    await user.type(valueField(), 'not-stored');
    await user.click(create());
    const field = screen.getByRole('combobox', { name: 'Secret manager' });
    await waitFor(() => expect(field).toHaveAccessibleDescription(why));
    expect(field).toHaveFocus();
    expect(screen.queryByText('The secret wasn’t stored')).not.toBeInTheDocument();
    await user.click(field);
    await user.click(await screen.findByRole('option', { name: /Built-in/ }));
    expect(screen.queryByText(why)).not.toBeInTheDocument();
  });

  it('says at each field what is wrong, and sends nothing', async () => {
    const { user } = renderApp(PATH);
    await nameField();
    await user.click(create());
    expect(await screen.findByText('Enter a name.')).toBeVisible();
    expect(screen.getByText('Enter the value.')).toBeVisible();
    await waitFor(async () => expect(await nameField()).toHaveFocus());
    expect(sent('/ng/api/v2/secrets')).toBeUndefined();
  });
});

describe('the secret managers', () => {
  it('say why one can’t be chosen', async () => {
    server.answer('GET', '/api/secrets/managers', secretManagersResponseSchema, {
      managers: [builtIn, { ...kms, disabled: true }],
      proofDays: 7,
    });
    const { user } = renderApp(PATH);
    const field = await screen.findByRole('combobox', { name: 'Secret manager' });
    expect(field).toHaveValue('Built-in Secret Manager');
    await user.click(field);
    const option = await screen.findByRole('option', { name: /Production key/ });
    expect(option).toHaveAttribute('data-combobox-disabled');
    expect(option).toHaveTextContent('nothing can be encrypted or read until it is enabled');
  });

  it('name the right that is missing', async () => {
    server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_secret_view', 'core_secret_edit']));
    const { user } = renderApp(PATH);
    await user.click(await screen.findByRole('combobox', { name: 'Secret manager' }));
    expect(await screen.findByRole('option', { name: /Production key/ })).toHaveTextContent(
      'You lack “Test and use connectors”',
    );
  });
});

describe('a file', () => {
  const choose = async (file: File) => {
    const { user, router } = renderApp(`${PATH}?type=SecretFile`);
    await user.type(await nameField(), 'db_password');
    await user.upload(screen.getByLabelText('File', { selector: 'input' }), file);
    return { user, router };
  };
  const keystore = new File(['key material of a test'], 'store.jks');

  it('goes with its description before it, and its page follows', async () => {
    server.data('POST', FILES, secretResponseSchema, secretResponse());
    const { user, router } = await choose(keystore);
    expect(screen.getByText('store.jks')).toBeVisible();
    expect(screen.getByText('22 bytes')).toBeVisible();
    await user.click(create());
    await waitFor(() => expect(router.state.location.pathname).toBe('/settings/secrets/db_password'));
    const form = sent(FILES)?.body;
    if (!(form instanceof FormData)) throw new Error('No form was sent.');
    expect([...form.keys()]).toEqual(['spec', 'file']);
    expect(JSON.parse(String(form.get('spec')))).toEqual({
      secret: {
        type: 'SecretFile',
        name: 'db_password',
        identifier: 'db_password',
        description: '',
        tags: {},
        spec: { secretManagerIdentifier: 'kms' },
      },
    });
    expect(form.get('file')).toHaveProperty('name', 'store.jks');
  });

  it.each([
    ['large', new File([new Uint8Array(FILE_MAX_BYTES + 1024 * 1024)], 'big.bin'), 'big.bin has 11 MiB.'],
    ['empty', new File([], 'nothing.txt'), 'nothing.txt is empty.'],
  ])('that is too %s is refused before anything of it is sent', async (_, file, words) => {
    const { user } = await choose(file);
    expect(await screen.findByText(new RegExp(words))).toBeVisible();
    await user.click(create());
    expect(server.requests.some(({ method }) => method === 'POST')).toBe(false);
  });

  it('tells how far it is, and can be stopped with nothing lost', async () => {
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    server.data('POST', FILES, secretResponseSchema, async () => {
      await held;
      return secretResponse();
    });
    const { user, router } = await choose(keystore);
    await user.click(create());
    expect(await screen.findByText('50 % sent')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'Upload' })).toHaveAttribute('aria-valuenow', '50');
    await user.click(screen.getByRole('button', { name: 'Cancel the upload' }));
    await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
    answer();
    expect(screen.queryByText('The secret wasn’t stored')).not.toBeInTheDocument();
    expect(screen.getByText('store.jks')).toBeVisible();
    expect(router.state.location.pathname).toBe(PATH);
  });
});
