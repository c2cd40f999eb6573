import type { Scope, TestEvent, TestResult } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import type { Connector } from '../connectors/connector.ts';
import { runTest, type TestDeps } from './run-test.ts';
import { recordedTest, testEntry } from './test-entry.ts';

interface StoredTest {
  readonly actor: Actor;
  readonly signal: AbortSignal;
  /**
   * What comes into the audit log: `each` test, for it is the deed of someone; or `changes` of the status only, for what
   * the server does by itself every half hour would bury the deeds of people.
   */
  readonly record: 'each' | 'changes';
}

/**
 * Tests a stored connector and keeps the outcome on it and in its history, before the answer that reports it. Tests of
 * one connector may overlap: each is complete in itself, and the one that started last is the one that stays. An event
 * of a test that changed the status has the status before and after.
 */
export function testStoredConnector(
  scope: Scope,
  connector: Connector,
  deps: TestDeps,
  { actor, signal, record }: StoredTest,
): AsyncGenerator<TestEvent> {
  const { identifier, name, spec } = connector;
  const store = async (outcome: TestResult | 'given up'): Promise<void> => {
    const durationMs = outcome === 'given up' ? 0 : deps.now().getTime() - outcome.testedAt;
    await deps.storage.changeIf(actor, async ({ outcomes }) => {
      const status = outcome === 'given up' ? undefined : await outcomes.recordTest(connector, outcome, durationMs);
      const changed = status !== undefined && status.before !== status.after;
      if (record === 'changes' && !changed) return undefined;
      const states = changed && { before: { status: status.before }, after: { status: status.after } };
      return { result: undefined, audit: { ...testEntry(connector, outcome), ...states } };
    });
  };
  return recordedTest(runTest({ scope, identifier, name, spec }, deps, signal), store);
}
