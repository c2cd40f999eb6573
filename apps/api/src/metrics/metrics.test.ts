import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { createDelegateToken } from '../delegate-tokens/create-delegate-token.ts';
import { connectDelegate } from '../delegates/testing/test-delegate.ts';
import { connector, credentials } from '../test-connection/testing/connectors.ts';
import { createConnector } from '../test-connection/testing/requests.ts';
import { startServer, type TestServer } from '../test-connection/testing/start-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer('sqlite');
});
afterAll(() => server.close());

async function metric(name: string): Promise<number | undefined> {
  const text = await (await server.fetch('/api/metrics')).text();
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1];
  return value === undefined ? undefined : Number(value);
}

describe('the metrics of the server', () => {
  it('are in the format of Prometheus, for whoever may see delegates', async () => {
    const answer = await server.fetch('/api/metrics');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/plain/)]);
    expect(await answer.text()).toContain('# TYPE wardline_delegates_connected gauge');
    expect((await fetch(`${server.url}/api/metrics`)).status).toBe(401);
  });

  it('count how often data keys were there and how often KMS was asked', async () => {
    for (const name of ['data_key_tasks_total', 'data_key_hits_total', 'data_key_misses_total', 'data_keys_cached']) {
      expect(await metric(`wardline_${name}`)).toBe(0);
    }
  });

  it('count the delegates, what they run, and what they report too late', async () => {
    const wish = { place: {}, name: 'counted', expiresAt: null };
    const { value } = await createDelegateToken(server.deps, { actor: systemActor('test') }, wish);
    const delegate = await connectDelegate({ url: server.url, token: value, self: { tags: ['counted'] } });
    await delegate.next('welcome');
    expect(await metric('wardline_delegates_connected')).toBe(1);

    const credential = { ...credentials(server).AssumeIAMRole, spec: { delegateSelectors: ['counted'] } };
    await createConnector(server, connector(server, 'counted', credential));
    const gone = new AbortController();
    const testing = server.fetch('/ng/api/connectors/testConnection/counted', { method: 'POST', signal: gone.signal });
    const { id } = await delegate.task();
    delegate.send({ type: 'accepted', id });
    expect(await metric('wardline_delegate_tasks_running')).toBe(1);
    gone.abort();
    await expect(testing).rejects.toThrow();
    await delegate.next('cancel');
    delegate.send(delegate.event(id, { type: 'finished', status: 'SUCCESS' }));
    await expect.poll(() => metric('wardline_delegate_late_reports_total')).toBe(1);
    expect(await metric('wardline_delegate_tasks_running')).toBe(0);

    // What was counted stays counted when the delegate goes.
    delegate.close();
    await expect.poll(() => metric('wardline_delegates_connected')).toBe(0);
    expect(await metric('wardline_delegate_late_reports_total')).toBe(1);
  });
});
