import { act, screen } from '@testing-library/react';
import {
  type DelegateGroup,
  type DelegateRefusal,
  type DelegateTokenDetails,
  delegateAgentSchema,
  delegateGroupSchema,
  delegateRefusalSchema,
  delegateTokenDetailsSchema,
  restResponseOf,
  settingsSchema,
} from '@wardline/contracts';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { delegateGroup, delegateInstance, delegateToken, rest, tokensFor } from '../../../test-support/delegates.ts';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { refusal, settings } from '../../../test-support/fixtures.ts';
import { renderUi } from '../../../test-support/render.tsx';
import { InstallDialog } from './install-dialog.tsx';

const TOKENS = '/ng/api/delegate-token-ng';
const sha256 = 'a'.repeat(64);
let server: FakeServer;
let tokens: DelegateTokenDetails[];
let groups: DelegateGroup[];
let refusals: DelegateRefusal[];

beforeEach(() => {
  tokens = [delegateToken('eu west'), delegateToken('gone', { status: 'REVOKED', value: null })];
  groups = [];
  refusals = [];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, { ...settings, publicUrl: 'https://wardline.test' });
  server.answer('GET', TOKENS, restResponseOf(delegateTokenDetailsSchema.array()), ({ query }) =>
    rest(tokensFor(query, tokens)),
  );
  server.answer(
    'GET',
    '/api/delegates/agent',
    restResponseOf(delegateAgentSchema),
    rest({ version: '0.1.0', path: '/api/delegates/delegate.mjs', sha256, bytes: 1 }),
  );
  server.answer(
    'GET',
    '/api/setup/delegates/v2/up-the-hierarchy',
    restResponseOf(z.object({ delegateGroupDetails: z.array(delegateGroupSchema) })),
    () => rest({ delegateGroupDetails: groups }),
  );
  server.answer('GET', '/api/delegates/refusals', restResponseOf(delegateRefusalSchema.array()), () => rest(refusals));
});

/** The dialog with a token chosen, so that it waits. */
async function waiting() {
  const view = renderUi(<InstallDialog opened onClose={() => {}} tags={['eu-vpc']} />);
  await view.user.selectOptions(await screen.findByLabelText('Token'), 'eu west');
  expect(await screen.findByText('Waiting for my-delegate to connect…')).toBeVisible();
  return view;
}

const slow = { timeout: 6000 };

describe('installing a delegate', () => {
  it('fills name, tags, address, token and checksum into the commands of each way', async () => {
    const { user } = await waiting();
    const name = screen.getByLabelText('Name');
    await user.clear(name);
    await user.type(name, 'payments');
    for (const way of ['Docker', 'Compose', 'Kubernetes', 'Helm', 'Node']) {
      await user.click(screen.getByRole('tab', { name: way }));
      const shown = screen.getByRole('tabpanel', { name: way }).textContent;
      for (const text of ['payments', 'eu-vpc', 'https://wardline.test', 'value of eu west', sha256]) {
        expect(shown, way).toContain(text);
      }
    }
  });

  it('fills the proxy, and what is reached without it, into what Wardline and AWS are reached by', async () => {
    const { user } = await waiting();
    await user.click(screen.getByRole('button', { name: 'Replicas, image, proxy and certificates' }));
    await user.type(screen.getByLabelText('Proxy'), 'http://proxy.test:3128');
    await user.type(screen.getByLabelText('Without the proxy'), '.internal');
    for (const way of ['Docker', 'Compose', 'Kubernetes', 'Helm', 'Node']) {
      await user.click(screen.getByRole('tab', { name: way }));
      const shown = screen.getByRole('tabpanel', { name: way }).textContent;
      for (const text of ['HTTPS_PROXY', 'http://proxy.test:3128', 'NO_PROXY', '.internal']) {
        expect(shown, way).toContain(text);
      }
    }
  });

  it('says that a cluster needs an image from a registry', async () => {
    const { user } = await waiting();
    expect(screen.queryByText(/A cluster pulls the image/)).not.toBeInTheDocument();
    await user.click(screen.getByRole('tab', { name: 'Kubernetes' }));
    expect(screen.getByText(/A cluster pulls the image/)).toBeVisible();
  });

  it('shows words in place of a token that is not chosen, and offers none that was revoked', async () => {
    renderUi(<InstallDialog opened onClose={() => {}} />);
    const options = [...(await screen.findByLabelText<HTMLSelectElement>('Token')).options].map(({ text }) => text);
    expect(options).toEqual(['Choose a token', 'eu west', 'Make a new one…']);
    expect(screen.getByRole('tabpanel')).toHaveTextContent('<value of a delegate token>');
    expect(screen.queryByText(/^Waiting for/)).not.toBeInTheDocument();
  });

  it('shows the token that was chosen last, whichever value comes last', async () => {
    tokens = [delegateToken('slow'), delegateToken('quick')];
    let answerSlow = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      answerSlow = resolve;
    });
    server.answer('GET', TOKENS, restResponseOf(delegateTokenDetailsSchema.array()), async ({ query }) => {
      if (query.get('name') === 'slow') await slow;
      return rest(tokensFor(query, tokens));
    });
    const { user } = renderUi(<InstallDialog opened onClose={() => {}} />);
    const choice = await screen.findByLabelText('Token');
    await user.selectOptions(choice, 'slow');
    await user.selectOptions(choice, 'quick');
    expect(await screen.findByRole('tabpanel')).toHaveTextContent('value of quick');
    await act(async () => {
      answerSlow();
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    expect(screen.getByRole('tabpanel')).toHaveTextContent('value of quick');
  });

  it('makes a token, named like the delegate unless told otherwise', async () => {
    tokens = [];
    server.answer('POST', TOKENS, restResponseOf(delegateTokenDetailsSchema), ({ query }) => {
      tokens = [delegateToken(query.get('tokenName') ?? '')];
      return rest(tokens[0] ?? delegateToken('none'));
    });
    const { user } = renderUi(<InstallDialog opened onClose={() => {}} />);
    await user.click(await screen.findByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('Waiting for my-delegate to connect…')).toBeVisible();
    expect(screen.getByRole('tabpanel')).toHaveTextContent('value of my-delegate');
  });

  it('names what is wrong with a value, and shows no commands until it is right', async () => {
    const { user } = await waiting();
    await user.type(screen.getByLabelText('Name'), '_');
    expect(screen.getByText(/^Use lower-case letters, digits and -/)).toBeVisible();
    expect(screen.queryByRole('tabpanel')).not.toBeInTheDocument();
  });

  it('says where this server has no agent to give out', async () => {
    server.refuse('GET', '/api/delegates/agent', 404, refusal('ENTITY_NOT_FOUND', 'The delegate is not built.'));
    renderUi(<InstallDialog opened onClose={() => {}} />);
    expect(await screen.findByText('This server cannot give out the agent')).toBeVisible();
  });

  it('hands out a file under its name', async () => {
    const names: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      names.push(this.download);
    });
    const { user } = await waiting();
    await user.click(screen.getByRole('tab', { name: 'Kubernetes' }));
    await user.click(screen.getByRole('button', { name: 'Download delegate.yaml' }));
    expect(names).toEqual(['delegate.yaml']);
    vi.restoreAllMocks();
  });
});

describe('waiting for the new delegate', () => {
  it('turns green when one of its name connects, not for one that was there before', async () => {
    groups = [delegateGroup('my-delegate', [delegateInstance({ uuid: 'old' })])];
    await waiting();
    groups = [delegateGroup('other', [delegateInstance({ uuid: 'elsewhere' })]), ...groups];
    const polls = server.requests.length;
    await vi.waitFor(() => expect(server.requests.length).toBeGreaterThan(polls + 2), slow);
    expect(screen.getByText('Waiting for my-delegate to connect…')).toBeVisible();
    const replicas = [delegateInstance({ uuid: 'old' }), delegateInstance({ uuid: 'new', hostName: 'node-9' })];
    groups = [delegateGroup('my-delegate', replicas)];
    expect(await screen.findByText('my-delegate is connected', {}, slow)).toBeVisible();
    expect(screen.getByText(/^From node-9, version 0.1.0/)).toBeVisible();
  });

  it('says why it was refused, and turns green all the same when it then comes', async () => {
    const refused = { at: Date.now(), address: '10.0.0.9', hostName: 'h1', name: 'my-delegate' };
    refusals = [{ ...refused, id: 'before', code: 'account' }];
    await waiting();
    refusals = [{ ...refused, id: 'since', code: 'expired-token' }, ...refusals];
    expect(await screen.findByText('my-delegate was refused', {}, slow)).toBeVisible();
    expect(screen.getByText('Its token has expired.')).toBeVisible();
    groups = [delegateGroup('my-delegate', [delegateInstance()])];
    expect(await screen.findByText('my-delegate is connected', {}, slow)).toBeVisible();
  });
});
