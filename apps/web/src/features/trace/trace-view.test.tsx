import { screen, within } from '@testing-library/react';
import type { Finding, HopResult } from '@wardline/contracts';
import { describe, expect, it } from 'vitest';
import { passedTest } from '../../test-support/fixtures.ts';
import { renderUi } from '../../test-support/render.tsx';
import { hopsOf, IDLE_RUN } from './test-run.ts';
import { TraceView } from './trace-view.tsx';

const policy = '{ "Action": "kms:GenerateDataKey" }';
const finding: Finding = {
  code: 'missing-generate-data-key',
  title: 'The caller may not generate data keys',
  explanation: 'No identity-based policy allows kms:GenerateDataKey.',
  fixes: [
    { kind: 'iam-policy', title: 'Allow it', body: policy, target: 'arn:aws:iam::111122223333:user/app' },
    { kind: 'setting', title: 'Use another key', body: 'Choose a key that the caller may use.' },
  ],
};

function failedTrace(): HopResult[] {
  const trace = passedTest().trace.slice(0, 6);
  const last = trace.at(-1);
  if (!last) throw new Error('There is no hop.');
  const aws = { operation: 'GenerateDataKey', code: 'AccessDeniedException', httpStatus: 400, requestId: 'req-7' };
  return [...trace.slice(0, -1), { ...last, status: 'fail', durationMs: 1240, aws, finding }];
}

describe('the trace', () => {
  it('says of every hop how it ended, how long it took, and where all of it ran', async () => {
    renderUi(<TraceView hops={hopsOf(passedTest().trace)} />);
    const rows = await screen.findAllByRole('listitem');
    expect(rows).toHaveLength(8);
    expect(rows[0]).toHaveTextContent('Settings are consistent: passed');
    expect(rows[0]).toHaveTextContent('12 ms');
    expect(screen.getByText('Ran on delegate embedded (host-1)')).toBeVisible();
    expect(screen.getByText('96 ms in all')).toBeVisible();
  });

  it('shows the finding with every fix where it happened, and what was not reached after', async () => {
    renderUi(<TraceView hops={hopsOf(failedTrace())} />);
    const panel = within(await screen.findByRole('region', { name: finding.title }));
    expect(panel.getByText(finding.explanation)).toBeVisible();
    expect(panel.getByText(policy)).toBeVisible();
    expect(panel.getByText('arn:aws:iam::111122223333:user/app')).toBeVisible();
    expect(panel.getByText(/^Attach to/)).toBeVisible();
    expect(panel.getByText('Choose a key that the caller may use.')).toBeVisible();
    expect(screen.getByText('GenerateDataKey → AccessDeniedException')).toBeVisible();
    expect(screen.getByText('1.24 s')).toBeVisible();
    expect(screen.getAllByText('not reached')).toHaveLength(2);
  });

  it('says which delegate runs the test, and in words what became of those that were asked before', async () => {
    const before = [
      { name: 'one', hostName: 'host-1', outcome: 'disconnected' },
      { name: 'two', hostName: 'host-2', outcome: 'no-answer' },
    ] as const;
    const takenBy = { type: 'delegate', delegateId: 'd3', name: 'three', hostName: 'host-3', before } as const;
    renderUi(<TraceView hops={IDLE_RUN.hops} takenBy={takenBy} />);
    expect(await screen.findByText('Runs on delegate three (host-3)')).toBeVisible();
    expect(screen.getByText('one (host-1) lost its connection in the middle of the test.')).toBeVisible();
    expect(screen.getByText('two (host-2) did not answer within 2 seconds.')).toBeVisible();
    expect(screen.getAllByText('three (host-3) took over and began from the first hop.')[0]).toBeVisible();
  });

  it('copies a fix, and says so', async () => {
    const { user } = renderUi(<TraceView hops={hopsOf(failedTrace())} />);
    await user.click(await screen.findByRole('button', { name: 'Copy IAM policy' }));
    expect(await navigator.clipboard.readText()).toBe(policy);
  });

  it('keeps facts and AWS’s answer behind the row, for mouse and keyboard', async () => {
    const { user } = renderUi(<TraceView hops={hopsOf(failedTrace())} />);
    const row = await screen.findByRole('button', { name: /Data key generated/ });
    expect(row).toHaveAttribute('aria-expanded', 'false');
    row.focus();
    await user.keyboard('{Enter}');
    expect(row).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('req-7')).toBeVisible();
    expect(screen.getByText('AccessDeniedException · HTTP 400')).toBeVisible();
  });
});
