import type { AuditFilterRequest, AuditPage, AuditYaml } from '@wardline/contracts';
import { expect, it } from 'vitest';
import { type Failure, givenSecret, type Success, secret } from '../test-support/fixtures.ts';
import { givenProgramWith, givenRole } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';
import { givenEvents, list } from './testing/calls.ts';

const PROJECT = { orgIdentifier: 'payments', projectIdentifier: 'api' };

/** Every event that passes, by following the page tokens. */
async function walk(app: TestApp, filter: AuditFilterRequest, query: string): Promise<number[]> {
  const seqs: number[] = [];
  let token: string | null = '';
  while (token !== null) {
    const page: AuditPage = await list(app, filter, `${query}&pageToken=${token}`);
    seqs.push(...page.content.map(({ seq }) => seq));
    token = page.pageToken;
  }
  return seqs;
}

describeEachEngine((engine) => {
  it('answers in the shape of the ecosystem, the newest first', async () => {
    const app = await startTestApp(engine);
    await givenSecret(app, 'token', PROJECT);
    const page = await list(app, { filterType: 'Audit' });
    expect(page.content.map(({ seq }) => seq)).toEqual(page.content.map(({ seq }) => seq).toSorted((a, b) => b - a));
    expect(page).toMatchObject({ pageIndex: 0, pageSize: 50, empty: false, pageToken: null, totalIsLowerBound: false });
    expect(page.totalItems).toBe(page.content.length);
    const [event] = page.content;
    expect(event).toMatchObject({
      resourceScope: { accountIdentifier: 'default', orgIdentifier: 'payments', projectIdentifier: 'api' },
      httpRequestInfo: { requestMethod: 'POST' },
      requestMetadata: { clientIP: '127.0.0.1' },
      authenticationInfo: {
        principal: { type: 'SERVICE_ACCOUNT', identifier: 'bootstrap' },
        labels: { username: 'Bootstrap', method: 'api-key' },
      },
      module: 'CORE',
      resource: { type: 'SECRET', identifier: 'token', labels: { resourceName: 'token' } },
      action: 'CREATE',
      outcome: 'SUCCESS',
      hasDiff: true,
    });
    expect(event?.insertId).toBe(event?.auditId);
    expect(Math.abs((event?.timestamp ?? 0) - Date.now())).toBeLessThan(60_000);
    await app.close();
  });

  it('shows what a change changed as YAML and as JSON, without the value', async () => {
    const app = await startTestApp(engine);
    await givenSecret(app, 'token');
    const change = secret('token', 'a new value');
    change.secret.description = 'changed';
    await app.call('PUT', '/ng/api/v2/secrets/token', change);
    const [event] = (await list(app, { actions: ['UPDATE'] })).content;
    const { body } = await app.call<Success<AuditYaml>>('GET', `/audit/api/auditYaml?auditId=${event?.auditId}`);
    expect(body.data.oldYaml).toContain('version: 1\n');
    expect(body.data.newYaml).toContain('description: changed\n');
    expect(body.data.newYaml).toContain('version: 2\n');
    expect(body.data).toMatchObject({ before: { version: 1 }, after: { version: 2, description: 'changed' } });
    expect(JSON.stringify(body)).not.toContain('a new value');
    const missing = await app.call<Failure>('GET', '/audit/api/auditYaml?auditId=nothing');
    expect([missing.status, missing.body.code]).toEqual([404, 'ENTITY_NOT_FOUND']);
    await app.close();
  });

  it('finds events by scope with all below it, resource, principal, action, outcome and time', async () => {
    const app = await startTestApp(engine);
    await givenSecret(app, 'at_account');
    await givenSecret(app, 'at_org', { orgIdentifier: 'payments' });
    await givenSecret(app, 'at_project', PROJECT);
    await app.call('GET', '/ng/api/v2/secrets/at_account', undefined, { 'x-api-key': 'nobody' });
    const created = async (filter: AuditFilterRequest) =>
      (await list(app, { resources: [{ type: 'SECRET' }], ...filter })).content.map(
        ({ resource }) => resource.identifier,
      );

    expect(await created({})).toEqual(['at_project', 'at_org', 'at_account']);
    expect(await created({ scopes: [{ accountIdentifier: 'default' }] })).toHaveLength(3);
    expect(await created({ scopes: [{ orgIdentifier: 'payments' }] })).toEqual(['at_project', 'at_org']);
    expect(await created({ scopes: [PROJECT] })).toEqual(['at_project']);
    expect(await created({ scopes: [PROJECT, { orgIdentifier: 'payments' }] })).toEqual(['at_project', 'at_org']);
    expect(await created({ resources: [{ type: 'SECRET', identifier: 'at_org' }] })).toEqual(['at_org']);
    expect(await created({ resources: [{ type: 'PIPELINE' }] })).toEqual([]);
    expect(await created({ principals: [{ type: 'SERVICE_ACCOUNT', identifier: 'bootstrap' }] })).toHaveLength(3);
    expect(await created({ principals: [{ type: 'USER' }] })).toEqual([]);
    expect(await created({ actions: ['CREATE', 'DELETE'] })).toHaveLength(3);
    expect(await created({ actions: ['DELETE'] })).toEqual([]);
    expect(await created({ modules: ['CORE', 'CD'] })).toHaveLength(3);
    expect(await created({ modules: ['CD'] })).toEqual([]);
    expect(await created({ endTime: 1000 })).toEqual([]);
    expect(await created({ startTime: Date.now() - 60_000, endTime: Date.now() + 60_000 })).toHaveLength(3);

    const denied = await list(app, { outcomes: ['DENIED'] });
    expect(denied.content.map(({ action }) => action)).toEqual(['AUTHENTICATION_FAILED']);
    expect((await list(app, { outcomes: ['DENIED', 'SUCCESS'] })).content).toHaveLength(
      (await list(app)).content.length,
    );
    expect((await list(app, { staticFilter: 'EXCLUDE_SYSTEM_EVENTS' })).content.every(isByOthers)).toBe(true);
    await app.close();
  });

  it('pages by token over every event once, also among events of the same millisecond', async () => {
    const app = await startTestApp(engine, { now: () => new Date('2026-01-02T03:04:05.678Z') });
    await givenEvents(app, 23);
    const all = (await list(app, { actions: ['TEST'] }, 'pageSize=100')).content.map(({ seq }) => seq);
    expect(all).toHaveLength(23);
    expect(await walk(app, { actions: ['TEST'] }, 'pageSize=5')).toEqual(all);
    expect(await walk(app, { actions: ['TEST'] }, 'pageSize=5&sortOrders=timestamp,ASC')).toEqual(all.toReversed());
    const third = await list(app, { actions: ['TEST'] }, 'pageSize=5&pageIndex=2');
    expect(third.content.map(({ seq }) => seq)).toEqual(all.slice(10, 15));
    expect(third).toMatchObject({ totalItems: 23, totalPages: 5, pageIndex: 2 });
    await app.close();
  });

  it('shows the events of a scope to whoever may audit it or one above, and to nobody else', async () => {
    const app = await startTestApp(engine);
    await givenSecret(app, 'at_account');
    await givenSecret(app, 'at_project', PROJECT);
    await givenRole(app, 'auditor', ['core_audit_view'], PROJECT);
    const auditor = await givenProgramWith(app, 'auditor', [{ role: 'auditor', at: PROJECT }]);
    const ask = (filter: AuditFilterRequest) =>
      app.call<Success<AuditPage> & Failure>('POST', '/audit/api/audits/list', filter, auditor);

    const own = await ask({ scopes: [PROJECT] });
    expect(own.body.data.content.map(({ resource }) => resource.identifier)).toContain('at_project');
    for (const scopes of [[], [{ orgIdentifier: 'payments' }], [PROJECT, {}]]) {
      expect([(await ask({ scopes })).status, (await ask({ scopes })).body.code]).toEqual([403, 'NG_ACCESS_DENIED']);
    }
    const idOf = async (identifier: string) =>
      (await list(app, { resources: [{ type: 'SECRET', identifier }] })).content[0]?.auditId;
    const yaml = async (identifier: string) =>
      app.call('GET', `/audit/api/auditYaml?auditId=${await idOf(identifier)}`, undefined, auditor);
    expect((await yaml('at_project')).status).toBe(200);
    expect((await yaml('at_account')).status).toBe(403);
    for (const path of ['/audit/api/audits/export', '/audit/api/audits/export?orgIdentifier=payments']) {
      expect((await app.inject({ method: 'GET', url: path, headers: auditor })).statusCode).toBe(403);
    }
    expect((await app.call('POST', '/audit/api/audits/verify', undefined, auditor)).status).toBe(403);
    await app.close();
  });

  it('refuses what it cannot do, naming the parameter', async () => {
    const app = await startTestApp(engine);
    const refused = async (query: string, filter: object = {}) => {
      const answer = await app.call<Failure>('POST', `/audit/api/audits/list?${query}`, filter);
      return [answer.status, answer.body.errors?.[0]?.fieldId];
    };
    expect(await refused('sortOrders=name,ASC')).toEqual([400, 'sortOrders']);
    expect(await refused('pageToken=abc')).toEqual([400, 'pageToken']);
    expect(await refused('pageSize=101')).toEqual([400, 'pageSize']);
    expect(await refused('', { startTime: -1 })).toEqual([400, 'startTime']);
    expect(await refused('', { scopes: [{ accountIdentifier: 'other' }] })).toEqual([400, 'accountIdentifier']);
    await app.close();
  });
});

function isByOthers({ authenticationInfo }: AuditPage['content'][number]): boolean {
  return authenticationInfo.principal.type !== 'SYSTEM';
}
