import type { Scope, TestEvent } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import type { Connector } from '../connectors/connector.ts';
import { runTest, type TestDeps } from './run-test.ts';
import { recordedTest, testEntry } from './test-entry.ts';

/**
 * Tests a stored connector and keeps the outcome on it, before the answer that reports it. Tests of one connector may
 * overlap: each is complete in itself, and the one that started last is the one that stays.
 */
export function testStoredConnector(
  scope: Scope,
  connector: Connector,
  deps: TestDeps,
  actor: Actor,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  const { identifier, name, spec } = connector;
  return recordedTest(runTest({ scope, identifier, name, spec }, deps, signal), (outcome) =>
    deps.storage.change(actor, async ({ connectors }) => {
      if (outcome !== 'given up') await connectors.recordTest(connector, outcome);
      return { result: undefined, audit: testEntry(connector, outcome) };
    }),
  );
}
