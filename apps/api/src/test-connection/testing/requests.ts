import type { ConnectorRequest, TestEvent, TestResult } from '@wardline/contracts';
import type { TestServer } from './start-server.ts';

/** Posts JSON and gives the answer, whatever its status. */
export async function post(
  server: TestServer,
  path: string,
  body: unknown,
): Promise<{ status: number; body: unknown }> {
  const answer = await server.fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

async function mustPost(server: TestServer, path: string, body: unknown): Promise<void> {
  const answer = await post(server, path, body);
  if (answer.status !== 200) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Stores a text secret in the built-in manager. */
export function createSecret(server: TestServer, identifier: string, value: string): Promise<void> {
  const spec = { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline', value };
  return mustPost(server, '/ng/api/v2/secrets', {
    secret: { type: 'SecretText', name: identifier, identifier, spec },
  });
}

export function createConnector(server: TestServer, connector: ConnectorRequest): Promise<void> {
  return mustPost(server, '/ng/api/connectors', { connector });
}

/** Tests a stored connector and waits for the JSON answer. */
export async function testStored(server: TestServer, identifier: string): Promise<TestResult> {
  const path = `/ng/api/connectors/testConnection/${identifier}?accountIdentifier=default`;
  const answer = await server.fetch(path, { method: 'POST' });
  const { data } = (await answer.json()) as { data: TestResult };
  return data;
}

/** Opens the stream of a test; `read` gives every event until the server ends it. */
export async function streamTest(
  server: TestServer,
  path: string,
  options: { body?: unknown; signal?: AbortSignal } = {},
) {
  const answer = await server.fetch(path, {
    method: 'POST',
    headers: { accept: 'text/event-stream', ...(options.body !== undefined && { 'content-type': 'application/json' }) },
    body: options.body === undefined ? null : JSON.stringify(options.body),
    signal: options.signal ?? null,
  });
  return {
    status: answer.status,
    headers: answer.headers,
    body: answer.body,
    read: async (): Promise<TestEvent[]> => parseEvents(await answer.text()),
  };
}

function parseEvents(stream: string): TestEvent[] {
  return stream
    .split('\n\n')
    .filter((block) => block.startsWith('event: '))
    .map((block) => JSON.parse(block.slice(block.indexOf('data: ') + 'data: '.length)) as TestEvent);
}
