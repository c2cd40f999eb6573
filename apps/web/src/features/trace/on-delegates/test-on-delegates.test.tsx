import { screen, within } from '@testing-library/react';
import { type DelegatesTestEvent, delegatesTestEventSchema, type Finding, type TestResult } from '@wardline/contracts';
import { beforeEach, expect, it } from 'vitest';
import { type FakeServer, startFakeServer } from '../../../test-support/fake-server.ts';
import { passedTest } from '../../../test-support/fixtures.ts';
import { renderUi } from '../../../test-support/render.tsx';
import { DelegatesOutcome, TestOnDelegatesButton } from './test-on-delegates.tsx';
import { useDelegatesTest } from './use-delegates-test.ts';

const finding: Finding = {
  code: 'kms-unreachable',
  title: 'KMS cannot be reached from here',
  explanation: 'No route to the endpoint.',
  fixes: [],
};
let server: FakeServer;

function failed(): TestResult {
  const passed = passedTest();
  const trace = passed.trace
    .slice(0, 5)
    .map((hop, index) => (index < 4 ? hop : { ...hop, status: 'fail' as const, finding }));
  return { ...passed, status: 'FAILURE', trace };
}

function Tested({ above }: { readonly above?: TestResult }) {
  const test = useDelegatesTest('payments');
  return (
    <>
      <TestOnDelegatesButton test={test} />
      <DelegatesOutcome run={test.run} above={above} />
    </>
  );
}

function given(results: Readonly<Record<string, TestResult>>, because: Finding | null = null): void {
  const delegates = Object.keys(results).map((name) => ({ delegateId: `id-${name}`, name, hostName: `host-${name}` }));
  const resultOf = (name: string) => results[name] ?? passedTest();
  const events: DelegatesTestEvent[] = [
    { type: 'delegates', delegates },
    ...delegates.map(
      (one): DelegatesTestEvent => ({
        type: 'delegate-event',
        ...one,
        event: { type: 'result', result: resultOf(one.name) },
      }),
    ),
    {
      type: 'result',
      result: { delegates: delegates.map((one) => ({ ...one, result: resultOf(one.name) })), finding: because },
    },
  ];
  server.stream('POST', '/api/connectors/testOnDelegates/:id', delegatesTestEventSchema, events);
}

async function run(above?: TestResult): Promise<void> {
  const { user } = renderUi(<Tested {...(above && { above })} />);
  await user.click(await screen.findByRole('button', { name: 'Test on every delegate' }));
}

beforeEach(() => {
  server = startFakeServer();
});

it('shows each hop of each delegate, and points out where they first differ and why', async () => {
  given({ one: passedTest(), two: failed(), three: passedTest() });
  await run();
  const summary = 'The delegates first differ at “Key found and usable”.';
  expect((await screen.findAllByText(summary))[0]).toBeVisible();
  const table = within(screen.getByRole('table'));
  const marked = table.getByRole('columnheader', { name: /Key found and usable/ });
  expect(marked).toHaveTextContent('first difference');
  expect(table.getAllByRole('columnheader').filter((head) => head.hasAttribute('data-difference'))).toEqual([marked]);
  const row = within(table.getByRole('row', { name: /^two/ }));
  expect(row.getAllByRole('cell').map((cell) => cell.textContent)).toEqual([
    ...Array(4).fill('passed12 ms'),
    'failed12 ms',
    ...Array(3).fill('not reached'),
  ]);
  expect(screen.getByText(/^two \(host-two\): failed/)).toHaveTextContent('kms-unreachable');
  expect(screen.getByText(/^one \(host-one\), three \(host-three\): passed/)).toBeVisible();
  expect(screen.getByRole('group', { name: finding.title })).toBeVisible();
});

it('says that all came out alike', async () => {
  given({ one: passedTest(), two: passedTest() });
  await run();
  expect((await screen.findAllByText('All 2 delegates connected.'))[0]).toBeVisible();
  expect(screen.queryByText('first difference')).not.toBeInTheDocument();
});

it('shows what all of them found where all failed alike', async () => {
  given({ one: failed(), two: failed() });
  await run();
  expect((await screen.findAllByText('All 2 delegates failed in the same way.'))[0]).toBeVisible();
  expect(screen.getByRole('group', { name: finding.title })).toBeVisible();
});

it('tells a cause once that the test above it told', async () => {
  given({ one: failed() });
  await run(failed());
  expect(await screen.findByText(`The cause is the one above: ${finding.title}.`)).toBeVisible();
  expect(screen.queryByRole('group', { name: finding.title })).not.toBeInTheDocument();
});

it('says why where no delegate tested', async () => {
  given({}, { ...finding, code: 'delegate-not-available', title: 'No delegate is connected' });
  await run();
  expect((await screen.findAllByText('No delegate tested the connection.'))[0]).toBeVisible();
  expect(screen.getByRole('group', { name: 'No delegate is connected' })).toBeVisible();
});

it('says that the tests were interrupted where no whole answer came', async () => {
  server.stream('POST', '/api/connectors/testOnDelegates/:id', delegatesTestEventSchema, [
    { type: 'delegates', delegates: [] },
  ]);
  await run();
  expect(await screen.findByText('The tests were interrupted')).toBeVisible();
});
