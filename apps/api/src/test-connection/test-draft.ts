import type { TestEvent } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';
import { runTest, type TestDeps } from './run-test.ts';
import { testEntry } from './test-entry.ts';
import type { TestSubject } from './test-subject.ts';

/** Tests a draft. Nothing of it is stored, but that it was tested is on record. */
export async function* testDraft(
  subject: TestSubject,
  deps: TestDeps,
  actor: Actor,
  signal: AbortSignal,
): AsyncGenerator<TestEvent> {
  for await (const event of runTest(subject, deps, signal)) {
    if (event.type === 'result') {
      const { identifier, name, scope } = subject;
      const { orgIdentifier, projectIdentifier } = scope;
      const entry = testEntry({ identifier, name, place: { orgIdentifier, projectIdentifier } }, event.result);
      await deps.storage.record(actor, { ...entry, details: { ...entry.details, draft: true } });
    }
    yield event;
  }
}
