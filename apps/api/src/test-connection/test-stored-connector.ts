import type { Scope, TestEvent } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import type { Connector } from '../connectors/connector.ts';
import { runTest, type TestDeps } from './run-test.ts';
import { testEntry } from './test-entry.ts';

/**
 * Tests a stored connector and keeps the outcome on it. Tests of one connector may overlap: each is complete in itself, and
 * the one that started last is the one that stays.
 */
export async function* testStoredConnector(
  scope: Scope,
  connector: Connector,
  deps: TestDeps,
  actor: Actor,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  const { identifier, name, spec } = connector;
  for await (const event of runTest({ scope, identifier, name, spec }, deps, signal)) {
    // Before the answer that reports it, so that whoever has read the outcome here finds it stored.
    if (event.type === 'result') {
      const audit = testEntry(connector, event.result);
      await deps.storage.change(actor, async ({ connectors }) => {
        await connectors.recordTest(connector, event.result);
        return { result: undefined, audit };
      });
    }
    yield event;
  }
}
