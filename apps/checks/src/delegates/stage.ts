import { randomUUID } from 'node:crypto';
import { startSimulator } from '@wardline/aws-simulator';
import type { TestEvent, TestResult } from '@wardline/contracts';
import { apiClient, mustSucceed } from '../server/api-client.ts';
import { AS_ADMINISTRATOR } from '../server/api-key.ts';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import { type DelegateProcess, type StartOptions, startDelegate } from './delegate-process.ts';

const REGION = 'eu-west-1';

/** What a test on a delegate led to, and how long the answer took. */
export interface TestAnswer {
  readonly result: TestResult;
  readonly events: readonly TestEvent[];
  readonly tookMs: number;
}

/** Makes a token of the account. @returns its value, as it stands in DELEGATE_TOKEN. */
export async function makeToken(url: string): Promise<string> {
  const path = `/ng/api/delegate-token-ng?tokenName=t_${randomUUID().slice(0, 8)}`;
  const { resource } = await mustSucceed<{ resource: { value: string } }>(apiClient(url), 'POST', path);
  return resource.value;
}

/** Stores a connector whose tests run on delegates with the tag. */
export async function makeConnector(
  url: string,
  tag: string,
  options: { readonly keyArn: string; readonly accessKeyId: string; readonly secretAccessKey: string },
): Promise<string> {
  const call = apiClient(url);
  const identifier = `on_${randomUUID().replaceAll('-', '').slice(0, 12)}`;
  const { keyArn, accessKeyId, secretAccessKey } = options;
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody(`${identifier}_id`, accessKeyId));
  await mustSucceed(call, 'POST', '/ng/api/v2/secrets', secretBody(`${identifier}_key`, secretAccessKey));
  const refs = { accessKeyRef: `account.${identifier}_id`, secretKeyRef: `account.${identifier}_key` };
  const body = accessKeyConnectorBody({ identifier, keyArn, region: REGION, executeOnDelegate: true, ...refs });
  const spec = { ...body.connector.spec, delegateSelectors: [tag] };
  await mustSucceed(call, 'POST', '/ng/api/connectors', { connector: { ...body.connector, spec } });
  return identifier;
}

/** Tests a connector. @param onTaken is told the name of each delegate that begins. */
export async function testOn(url: string, identifier: string, onTaken?: (name: string) => void): Promise<TestAnswer> {
  const startedAt = performance.now();
  const answer = await fetch(`${url}/ng/api/connectors/testConnection/${identifier}`, {
    method: 'POST',
    headers: { ...AS_ADMINISTRATOR, accept: 'text/event-stream' },
  });
  const events: TestEvent[] = [];
  let text = '';
  for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks.filter((one) => one.startsWith('event: '))) {
      const event = JSON.parse(block.slice(block.indexOf('data: ') + 6)) as TestEvent;
      events.push(event);
      if (event.type === 'delegate') onTaken?.(event.name);
    }
  }
  const last = events.at(-1);
  if (last?.type !== 'result') throw new Error(`The test ended without a result: ${answer.status} ${text}`);
  return { result: last.result, events, tookMs: performance.now() - startedAt };
}

/** An AWS of its own, whose KMS answers so late, and delegates beside it that have a tag of their own. */
export async function setStage(url: string, slowMs = 0) {
  const simulator = await startSimulator({ region: REGION });
  if (slowMs > 0) simulator.faults.add({ kind: 'latency', service: 'kms', operation: 'GenerateDataKey', ms: slowMs });
  const tag = `stage-${randomUUID().slice(0, 8)}`;
  const user = seeded(simulator.seed.users, 'wardline');
  const keyArn = seeded(simulator.seed.keys, 'working').arn;
  const [token, identifier] = await Promise.all([makeToken(url), makeConnector(url, tag, { ...user, keyArn })]);
  const delegates: DelegateProcess[] = [];
  return {
    simulator,
    token,
    tag,
    identifier,
    /** Starts a delegate and waits until it is connected, unless it is not expected to be. */
    async delegate(
      name: string,
      env: Readonly<Record<string, string>> = {},
      { connects = true, ...options }: StartOptions & { readonly connects?: boolean } = {},
    ) {
      const own = {
        DELEGATE_TOKEN: token,
        MANAGER_HOST_AND_PORT: url,
        DELEGATE_NAME: name,
        DELEGATE_TAGS: tag,
        WARDLINE_AWS_ENDPOINTS: JSON.stringify({ [REGION]: simulator.endpoints }),
      };
      const delegate = await startDelegate({ ...own, ...env }, options);
      delegates.push(delegate);
      if (connects) await delegate.connected();
      return delegate;
    },
    test: (onTaken?: (name: string) => void) => testOn(url, identifier, onTaken),
    async close() {
      for (const delegate of delegates) delegate.signal('SIGKILL');
      await Promise.all(delegates.map(({ ended }) => ended));
      await simulator.close();
    },
  };
}

export type Stage = Awaited<ReturnType<typeof setStage>>;
