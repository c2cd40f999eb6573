import type { Finding, Scope, Task } from '@wardline/contracts';
import { type ConnectionSources, resolveConnection } from '../connectors/kms-connection.ts';
import type { TestSubject } from './test-subject.ts';

/** The longest that one test may take, in milliseconds; the documented limit of a synchronous task. */
const DEADLINE_MS = 60_000;

export type BuiltTask =
  | { readonly kind: 'ready'; readonly task: Task }
  | { readonly kind: 'unreadable'; readonly finding: Finding };

/** Resolves every reference of a connector into a task that needs nothing more. The task holds plaintext. */
export async function buildTask(id: string, subject: TestSubject, sources: ConnectionSources): Promise<BuiltTask> {
  const resolved = await resolveConnection(subject, sources);
  if (resolved.kind === 'unreadable') return resolved;
  const { connection } = resolved;
  const encryptionContext = testContext(subject.scope, subject.identifier);
  return {
    kind: 'ready',
    task: { kind: 'test-connection', id, deadlineMs: DEADLINE_MS, connection, encryptionContext },
  };
}

/** What the test binds its data key to; visible in CloudTrail, so that an administrator recognizes it. */
function testContext({ accountIdentifier, orgIdentifier, projectIdentifier }: Scope, connector: string) {
  return {
    'wardline:purpose': 'connection-test',
    'wardline:account': accountIdentifier,
    ...(orgIdentifier && { 'wardline:org': orgIdentifier }),
    ...(projectIdentifier && { 'wardline:project': projectIdentifier }),
    'wardline:connector': connector,
  };
}
