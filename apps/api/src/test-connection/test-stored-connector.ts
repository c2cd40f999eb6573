import type { Scope, TestEvent, TestResult } from '@wardline/contracts';
import type { Connector } from '../connectors/connector.ts';
import type { Storage } from '../storage.ts';
import { runTest, type TestDeps } from './run-test.ts';

/**
 * Tests a stored connector and keeps the outcome on it. Tests of one connector may overlap: each is complete in itself, and
 * the one that started last is the one that stays.
 */
export async function* testStoredConnector(
  scope: Scope,
  connector: Connector,
  deps: TestDeps,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  const { identifier, name, spec } = connector;
  for await (const event of runTest({ scope, identifier, name, spec }, deps, signal)) {
    if (event.type === 'result') await keepOutcome(connector, event.result, deps.storage);
    yield event;
  }
}

/** Says nothing about a connector that was changed, deleted or made anew while its test ran: that one was not tested. */
async function keepOutcome(tested: Connector, result: TestResult, storage: Storage): Promise<void> {
  await storage.transaction(async ({ connectors }) => {
    const now = await connectors.findForChange(tested.place, tested.identifier);
    if (now?.id !== tested.id || now.updatedAt !== tested.updatedAt) return;
    if (now.testedAt && Date.parse(now.testedAt) > result.testedAt) return;
    await connectors.recordTest(tested.id, result);
  });
}
