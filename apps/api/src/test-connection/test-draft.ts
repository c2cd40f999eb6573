import type { TestEvent } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import { runTest, type TestDeps } from './run-test.ts';
import { recordedTest, testEntry } from './test-entry.ts';
import type { TestSubject } from './test-subject.ts';

/** Tests a draft. Nothing of it is stored, but that it was tested is on record. */
export function testDraft(
  subject: TestSubject,
  deps: TestDeps,
  actor: Actor,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  const { identifier, name, scope } = subject;
  const { orgIdentifier, projectIdentifier } = scope;
  return recordedTest(runTest(subject, deps, signal), async (outcome) => {
    const entry = testEntry({ identifier, name, place: { orgIdentifier, projectIdentifier } }, outcome);
    await deps.storage.record(actor, { ...entry, details: { ...entry.details, draft: true } });
  });
}
