import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderApp } from '../../../test-support/render.tsx';
import { startWizardServer, stepHeading } from '../../../test-support/wizard-server.ts';
import { type Draft, EMPTY_DRAFT } from '../draft/draft.ts';
import { useDraftStore } from '../draft/draft-store.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab';
let server: ReturnType<typeof startWizardServer>;
beforeEach(() => {
  server = startWizardServer();
});

const draftNow = () => useDraftStore.getState().entries.new?.draft;
function openDetails(changes: Partial<Draft> = {}) {
  useDraftStore.getState().put('new', { ...EMPTY_DRAFT, name: 'A', identifier: 'A', ...changes }, []);
  return renderApp('/settings/connectors/new/aws-kms/details');
}

describe('Details', () => {
  it('has the region follow a pasted ARN, and tells a mismatch with the way out', async () => {
    const { user } = openDetails({ credentialType: 'AssumeIAMRole' });
    await user.click(await screen.findByRole('textbox', { name: /^AWS ARN/ }));
    await user.paste(KEY);
    expect(draftNow()?.region).toBe('eu-west-1');
    await user.click(screen.getByRole('combobox', { name: 'Region' }));
    await user.click(await screen.findByRole('option', { name: /us-gov-west-1/ }));
    await user.click(screen.getByRole('button', { name: 'Use eu-west-1' }));
    expect(draftNow()?.region).toBe('eu-west-1');
    expect(screen.queryByRole('button', { name: 'Use eu-west-1' })).toBeNull();
  });

  it('has the region follow the next ARN too, after the first was cleared', async () => {
    const { user } = openDetails({ credentialType: 'AssumeIAMRole' });
    const arn = await screen.findByRole('textbox', { name: /^AWS ARN/ });
    await user.click(arn);
    await user.paste(KEY);
    await user.clear(arn);
    await user.click(arn);
    await user.paste(KEY.replace('eu-west-1', 'us-east-1'));
    expect(draftNow()?.region).toBe('us-east-1');
  });

  it('takes a region that the server doesn’t list', async () => {
    const { user } = openDetails({ credentialType: 'AssumeIAMRole' });
    await user.type(await screen.findByRole('combobox', { name: 'Region' }), 'xx-new-9');
    await user.click(await screen.findByRole('option', { name: 'xx-new-9' }));
    expect(draftNow()?.region).toBe('xx-new-9');
  });

  it('comments on the shape of an ARN without refusing it, since only AWS can know', async () => {
    const typed = { kmsArnInPlainText: 'not-an-arn', region: 'eu-west-1', roleArn: 'no-role' };
    const { user } = openDetails({ credentialType: 'AssumeSTSRole', ...typed });
    expect(await screen.findByText(/look like the ARN of a key/)).toBeVisible();
    expect(screen.getByText(/look like the ARN of a role/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    await stepHeading('Delegates Setup');
  });

  it('holds external ID and duration to the limits of STS, and explains role chaining', async () => {
    const typed = { kmsArnInPlainText: KEY, region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/a' };
    const { user } = openDetails({ credentialType: 'AssumeSTSRole', ...typed });
    const duration = await screen.findByRole('textbox', { name: /^Assume Role Duration/ });
    await user.type(screen.getByRole('textbox', { name: 'External ID' }), 'x');
    await user.type(duration, '43201');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(screen.getByText('An external ID has at least 2 characters.')).toBeVisible();
    expect(screen.getByText('Enter 900 to 43200 whole seconds.')).toBeVisible();
    await user.clear(duration);
    await user.type(duration, '7200');
    expect(screen.getByText(/role chaining, for which AWS allows 3600 seconds at most/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Use 3600' }));
    expect(draftNow()?.assumeStsRoleDuration).toBe('3600');
  });

  it.each(['3600.5', '1e3', '-900', '15 min'])(
    'keeps the duration %s as it was typed, and asks for whole seconds',
    async (text) => {
      const typed = { kmsArnInPlainText: KEY, region: 'eu-west-1', roleArn: 'arn:aws:iam::111122223333:role/a' };
      const { user } = openDetails({ credentialType: 'AssumeSTSRole', ...typed });
      const duration = await screen.findByRole('textbox', { name: /^Assume Role Duration/ });
      await user.type(duration, text);
      await user.tab();
      expect(duration).toHaveValue(text);
      expect(screen.getByText('Enter 900 to 43200 whole seconds.')).toBeVisible();
    },
  );

  it('is one stop for the keyboard at the credential types, and the arrow keys choose', async () => {
    const { user } = openDetails();
    const types = within(await screen.findByRole('radiogroup', { name: /^Credential Type/ })).getAllByRole('radio');
    expect(types.map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1, -1]);
    types[0]?.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}');
    expect(draftNow()?.credentialType).toBe('AssumeSTSRole');
    expect(types[2]).toHaveFocus();
    expect(types.map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0, -1]);
    await user.tab();
    expect(types).not.toContain(document.activeElement);
  });

  it('shows every missing field at once and focuses the first', async () => {
    const { user } = openDetails();
    await stepHeading('Details');
    await user.click(screen.getByRole('button', { name: 'Continue' }));
    expect(screen.getAllByText('Choose a secret.')).toHaveLength(2);
    expect(screen.getByText('Enter the ARN of the key.')).toBeVisible();
    expect(screen.getByText('Choose a region.')).toBeVisible();
    expect(screen.getAllByRole('button', { name: 'Create or Select a Secret' })[0]).toHaveFocus();
  });

  it('tests the draft without storing it, and asks for a delegate where one is needed', async () => {
    const { user } = openDetails({ credentialType: 'AssumeIAMRole', kmsArnInPlainText: KEY, region: 'eu-west-1' });
    await user.click(await screen.findByRole('button', { name: 'Test before saving' }));
    await user.type(await screen.findByRole('combobox', { name: /Which delegate runs it/ }), 'embedded{Enter}');
    await user.click(screen.getByRole('button', { name: 'Start the test' }));
    expect(await screen.findByRole('heading', { name: 'Connection successful' })).toBeVisible();
    expect(server.sent('POST', '/api/connectors/test').spec.delegateSelectors).toEqual(['embedded']);
    expect(server.requests.some(({ path }) => path === '/ng/api/connectors')).toBe(false);
  });
});
