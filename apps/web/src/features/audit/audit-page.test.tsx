import { screen, waitFor, within } from '@testing-library/react';
import {
  type AuditEventResponse,
  auditPageSchema,
  auditYamlSchema,
  settingsSchema,
  verificationEventSchema,
  whoAmISchema,
} from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { auditEvent, auditPage } from '../../test-support/audit-events.ts';
import { type FakeServer, startFakeServer } from '../../test-support/fake-server.ts';
import { settings, signedInWith } from '../../test-support/fixtures.ts';
import { renderApp } from '../../test-support/render.tsx';

const PATH = '/settings/audit';
const HEAD = 'ab'.repeat(32);

let server: FakeServer;
let events: AuditEventResponse[];
beforeEach(() => {
  events = [auditEvent({ hasDiff: true })];
  server = startFakeServer();
  server.answer('GET', '/api/settings', settingsSchema, settings);
  server.data('POST', '/audit/api/audits/list', auditPageSchema, () => auditPage(events));
});

const asked = () => server.requests.findLast(({ path }) => path === '/audit/api/audits/list')?.body;
const eventButton = (name: RegExp) => screen.findByRole('button', { name });

it('tells each event as a sentence, which opens to what changed, who did it and from where', async () => {
  const before = { name: 'prod-kms', spec: { region: 'eu-west-1' } };
  const after = { name: 'prod-kms', spec: { region: 'us-east-1' } };
  server.data('GET', '/audit/api/auditYaml', auditYamlSchema, { oldYaml: '', newYaml: '', before, after });
  const { user } = renderApp(PATH);
  await user.click(await eventButton(/Ada Lovelace changed connector prod-kms/));
  const change = within(await screen.findByRole('row', { name: /Region/ }));
  expect(change.getByText('eu-west-1').tagName).toBe('DEL');
  expect(change.getByText('us-east-1').tagName).toBe('INS');
  expect(screen.queryByRole('rowheader', { name: 'Name' })).not.toBeInTheDocument();
  for (const text of ['192.0.2.7', 'request-1', 'Signed in to the console'])
    expect(screen.getByText(text)).toBeVisible();
  expect(screen.getByRole('link', { name: /prod-kms/ })).toHaveAttribute('href', '/settings/connectors/prod_kms');
  await user.click(screen.getByRole('button', { name: 'Show JSON' }));
  expect(await screen.findByRole('button', { name: 'Copy JSON' })).toBeVisible();
  expect(screen.getByText(/"region": "us-east-1"/)).toBeVisible();
});

it('loads more by the token of the page before', async () => {
  server.data('POST', '/audit/api/audits/list', auditPageSchema, ({ query }) =>
    query.get('pageToken') === 'next'
      ? auditPage([auditEvent({ auditId: 'e2', action: 'DELETE' })], { totalItems: 2 })
      : auditPage(events, { totalItems: 2, totalIsLowerBound: true, pageToken: 'next' }),
  );
  const { user } = renderApp(PATH);
  expect(await screen.findByText('1 of more than 1')).toBeVisible();
  await user.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await eventButton(/deleted connector/)).toBeVisible();
  expect(screen.getByText('2 of 2')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'Load more' })).not.toBeInTheDocument();
});

it('narrows by what is chosen and typed, keeps it in the URL, and exports the same', async () => {
  const { user, router } = renderApp(PATH);
  await eventButton(/changed connector/);
  await user.click(screen.getByRole('combobox', { name: 'Action' }));
  await user.click(await screen.findByRole('option', { name: 'Deleted' }));
  await user.type(screen.getByLabelText('Who'), 'ada@example.com');
  await waitFor(() =>
    expect(asked()).toEqual({
      filterType: 'Audit',
      actions: ['DELETE'],
      principals: [{ type: 'USER', identifier: 'ada@example.com' }],
    }),
  );
  expect(router.state.location.search).toEqual({ action: 'DELETE', who: 'ada@example.com' });
  expect(screen.getByRole('link', { name: 'Export' })).toHaveAttribute(
    'href',
    '/audit/api/audits/export?actions=DELETE&principalTypes=USER&principalIdentifier=ada%40example.com',
  );
  await user.type(screen.getByLabelText('Resource ID'), 'prod_kms');
  expect(await screen.findByRole('button', { name: 'Export' })).toBeDisabled();
});

it('says that nothing matches, and shows everything again', async () => {
  events = [];
  const { user } = renderApp(`${PATH}?outcome=DENIED`);
  expect(await screen.findByText('No event matches')).toBeVisible();
  events = [auditEvent()];
  await user.click(screen.getByRole('button', { name: 'Clear all filters' }));
  expect(await eventButton(/changed connector/)).toBeVisible();
});

it('verifies the log and gives the head to note down', async () => {
  server.stream('POST', '/audit/api/audits/verify', verificationEventSchema, [
    { type: 'progress', checked: 5, total: 10 },
    {
      type: 'result',
      result: { verified: true, events: 10, firstSeq: 1, lastSeq: 10, head: HEAD, pruned: null },
    },
  ]);
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Verify' }));
  const dialog = within(await screen.findByRole('dialog'));
  await user.type(dialog.getByLabelText('Where an earlier verification ended'), 'nonsense');
  await user.click(dialog.getByRole('button', { name: 'Verify' }));
  expect(await dialog.findByText(/64 hexadecimal digits/)).toBeVisible();
  await user.clear(dialog.getByLabelText('Where an earlier verification ended'));
  await user.click(dialog.getByRole('button', { name: 'Verify' }));
  expect(await dialog.findByText('The log is whole')).toBeVisible();
  expect(dialog.getByText(`10:${HEAD}`)).toBeVisible();
  expect(dialog.getByRole('button', { name: 'Copy Head' })).toBeVisible();
});

it('names the first event that is broken', async () => {
  const brokenAt = { seq: 4, id: 'e4', reason: 'missing', explanation: 'After event 3 comes event 5.' } as const;
  server.stream('POST', '/audit/api/audits/verify', verificationEventSchema, [
    { type: 'result', result: { verified: false, brokenAt } },
  ]);
  const { user } = renderApp(PATH);
  await user.click(await screen.findByRole('button', { name: 'Verify' }));
  await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Verify' }));
  const alert = within(await screen.findByRole('alert'));
  expect(alert.getByText('The log is broken')).toBeVisible();
  expect(alert.getByText(/First at event 4/)).toBeVisible();
  expect(alert.getByText('After event 3 comes event 5.')).toBeVisible();
});

it('is for whoever may read it: others have no way to it, and nothing is asked for', async () => {
  server.answer('GET', '/api/whoami', whoAmISchema, signedInWith(['core_user_view']));
  renderApp(PATH);
  expect(await screen.findByText('core_audit_view')).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Audit log' })).not.toBeInTheDocument();
  expect(asked()).toBeUndefined();
});
