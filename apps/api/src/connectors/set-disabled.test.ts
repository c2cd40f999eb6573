import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemActor } from '../access/principal.ts';
import { type Created, connector, type Failure } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { setConnectorDisabled } from './set-disabled.ts';

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
    await app.call('POST', '/ng/api/connectors', connector('switched'));
  });
  afterAll(() => app.close());

  const events = async () => {
    const { body } = await app.call<{ data: { content: { auditId: string; action: string }[] } }>(
      'POST',
      '/audit/api/audits/list?pageSize=100',
      { resources: [{ type: 'CONNECTOR', identifier: 'switched' }] },
    );
    return body.data.content;
  };

  it('disables a connector, and enables it again, with an event each that says what changed', async () => {
    const disabled = await app.call<Created>('POST', '/api/connectors/switched/disable');
    expect(disabled).toMatchObject({ status: 200, body: { data: { disabled: true } } });
    expect((await app.call<Created>('GET', '/ng/api/connectors/switched')).body.data.disabled).toBe(true);
    const [latest] = await events();
    const { body } = await app.call('GET', `/audit/api/auditYaml?auditId=${latest?.auditId}`);
    expect(body).toMatchObject({ data: { before: { disabled: false }, after: { disabled: true } } });

    const enabled = await app.call<Created>('POST', '/api/connectors/switched/enable');
    expect(enabled.body.data).toMatchObject({ disabled: false });
    expect(enabled.body.data.lastModifiedAt).toBeGreaterThan(disabled.body.data.lastModifiedAt);
  });

  it('changes and records nothing where it is so already', async () => {
    const before = (await events()).length;
    expect((await app.call('POST', '/api/connectors/switched/enable')).status).toBe(200);
    expect((await events()).length).toBe(before);
  });

  it('stays disabled through a change of its settings', async () => {
    await app.call('POST', '/api/connectors/switched/disable');
    const changed = await app.call<Created>('PUT', '/ng/api/connectors', connector('switched', { name: 'renamed' }));
    expect(changed.body.data).toMatchObject({ disabled: true, connector: { name: 'renamed' } });
  });

  it('says that there is no such connector, and that the built-in manager is part of every scope', async () => {
    expect(await app.call<Failure>('POST', '/api/connectors/nobody/disable')).toMatchObject({
      status: 400,
      body: { code: 'CONNECTOR_NOT_FOUND_EXCEPTION' },
    });
    expect(await app.call<Failure>('POST', '/api/connectors/harnessSecretManager/disable')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('tells each state from all before it, also where the clock stands still', async () => {
    await app.call('POST', '/ng/api/connectors', connector('at_once'));
    const deps = { ...app.deps, now: () => new Date(0) };
    const times: string[] = [];
    for (const disabled of [true, false]) {
      const address = { place: {}, identifier: 'at_once' };
      times.push((await setConnectorDisabled(deps, { actor: systemActor('test') }, address, disabled)).updatedAt);
    }
    const [off = '', on = ''] = times;
    expect(off > new Date(0).toISOString() && on > off).toBe(true);
  });
});
