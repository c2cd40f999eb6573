import type { ConnectorStats } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connector, type Failure, givenConnector, type Listed, type Success } from '../test-support/fixtures.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/ng/api/connectors';

describeEachEngine((engine) => {
  let app: TestApp;
  let clock = Date.parse('2030-01-01T00:00:00Z');
  beforeAll(async () => {
    const now = () => {
      clock += 1000;
      return new Date(clock);
    };
    app = await startTestApp(engine, { now });
    await seed();
  });
  afterAll(() => app.close());

  /** Five at the account level, one in an organization and one in its project. */
  async function seed(): Promise<void> {
    const sts = { type: 'AssumeSTSRole' as const, spec: { delegateSelectors: ['eu'], roleArn: 'r' } };
    const oidc = { type: 'OidcAuthentication', spec: { iamRoleArn: 'r' } } as const;
    const key = { kmsArnInPlainText: 'k', region: 'r' };
    await givenConnector(app, connector('alpha', { name: 'Zebra', tags: { env: 'dev', solo: '' } }));
    await givenConnector(app, connector('beta', { description: '100% of ÄPFEL', tags: { env: 'prod' } }));
    await givenConnector(app, connector('gamma', { spec: { credential: sts, ...key } }));
    await givenConnector(app, connector('delta', { spec: { credential: oidc, ...key, executeOnDelegate: false } }));
    await givenConnector(app, connector('omega', { spec: { credential: oidc, ...key } }));
    await givenConnector(app, connector('in_org', { orgIdentifier: 'o1' }));
    await givenConnector(app, connector('in_project', { orgIdentifier: 'o1', projectIdentifier: 'p1' }));
  }

  const list = (query: string, body: unknown = {}) =>
    app.call<Listed & Failure>('POST', `${ROOT}/listV2?accountIdentifier=default&${query}`, body);
  const ids = async (query: string, body?: unknown) =>
    (await list(query, body)).body.data.content.map((one) => one.connector.identifier);

  it('lists a scope, the last changed first, without those above and below', async () => {
    expect((await list('')).body.data).toMatchObject({
      totalPages: 1,
      totalItems: 5,
      pageItemCount: 5,
      pageSize: 50,
      pageIndex: 0,
      empty: false,
      pageToken: null,
    });
    expect(await ids('')).toEqual(['omega', 'delta', 'gamma', 'beta', 'alpha']);
    expect(await ids('orgIdentifier=o1')).toEqual(['in_org']);
    expect(await ids('orgIdentifier=o1&projectIdentifier=p1')).toEqual(['in_project']);
    expect((await list('orgIdentifier=o9')).body.data).toMatchObject({ totalItems: 0, empty: true, content: [] });
  });

  it('adds the scopes above when asked', async () => {
    const query = 'orgIdentifier=o1&projectIdentifier=p1&includeAllConnectorsAvailableAtScope=true';
    const { body } = await list(`${query}&pageSize=3`);
    expect(body.data).toMatchObject({ totalItems: 7, totalPages: 3 });
    expect(await ids(`${query}&pageSize=3`)).toEqual(['in_project', 'in_org', 'omega']);
    expect(await ids(`${query}&pageSize=3&pageToken=${body.data.pageToken}`)).toEqual(['delta', 'gamma', 'beta']);
    expect(await ids(`${query}&pageSize=3&pageIndex=1`)).toEqual(['delta', 'gamma', 'beta']);
    expect(await ids(`${query}&pageSize=3&pageIndex=2`)).toEqual(['alpha']);
  });

  it.each([
    ['name,ASC', ['alpha', 'beta', 'delta', 'gamma', 'omega']],
    ['createdAt,ASC', ['alpha', 'beta', 'gamma', 'delta', 'omega']],
    ['createdAt', ['omega', 'delta', 'gamma', 'beta', 'alpha']],
    ['lastModifiedAt,asc', ['alpha', 'beta', 'gamma', 'delta', 'omega']],
  ])('sorts by %s', async (order, expected) => {
    expect(await ids(`sortOrders=${order}`)).toEqual(expected);
  });

  it.each(['color,ASC', 'name,UP', 'name,ASC,x'])('refuses to sort by %s', async (order) => {
    expect((await list(`sortOrders=${order}`)).body.errors).toMatchObject([{ fieldId: 'sortOrders' }]);
  });

  describe('a filter', () => {
    it.each<[string, object, string[]]>([
      ['types', { types: ['AwsKms', 'Vault'] }, ['omega', 'delta', 'gamma', 'beta', 'alpha']],
      ['other types', { types: ['Vault'] }, []],
      [
        'categories',
        { categories: ['SECRET_MANAGER'], filterType: 'Connector' },
        ['omega', 'delta', 'gamma', 'beta', 'alpha'],
      ],
      ['other categories', { categories: ['CODE_REPO'] }, []],
      ['names', { connectorNames: ['Zebra'] }, ['alpha']],
      ['identifiers', { connectorIdentifiers: ['beta', 'gamma', 'none'] }, ['gamma', 'beta']],
      ['description', { description: '100%' }, ['beta']],
      ['statuses', { connectivityStatuses: ['SUCCESS'] }, []],
      ['pending', { connectivityStatuses: ['PENDING', 'FAILURE'] }, ['omega', 'delta', 'gamma', 'beta', 'alpha']],
      ['the host as identity', { inheritingCredentialsFromDelegate: true }, ['gamma', 'beta', 'alpha']],
      ['an identity of its own', { inheritingCredentialsFromDelegate: false }, ['omega', 'delta']],
      ['the platform', { connectorConnectivityModes: ['MANAGER'] }, ['delta']],
      ['delegates', { connectorConnectivityModes: ['DELEGATE'] }, ['omega', 'gamma', 'beta', 'alpha']],
      ['a tag', { tags: { env: 'dev' } }, ['alpha']],
      ['a tag with any value', { tags: { env: '' } }, ['beta', 'alpha']],
      ['all of its tags', { tags: { env: 'dev', solo: '' } }, ['alpha']],
      ['a tag that does not go with the other', { tags: { env: 'prod', solo: '' } }, []],
      ['several at once', { tags: { env: '' }, connectorNames: ['beta'] }, ['beta']],
      [
        'nothing',
        { types: [], tags: {}, connectorNames: null, description: '' },
        ['omega', 'delta', 'gamma', 'beta', 'alpha'],
      ],
    ])('by %s', async (_what, body, expected) => {
      const answer = await list('', body);
      expect(answer.body.data.content.map((one) => one.connector.identifier)).toEqual(expected);
      expect(answer.body.data.totalItems).toBe(expected.length);
    });

    it('that is not as documented is refused by field', async () => {
      expect((await list('', { colour: 'red', types: 'AwsKms' })).body.errors).toEqual(
        expect.arrayContaining([expect.objectContaining({ fieldId: 'types' })]),
      );
    });

    it('that was saved is refused, as none can be saved', async () => {
      expect((await list('filterIdentifier=mine')).body.errors).toMatchObject([{ fieldId: 'filterIdentifier' }]);
    });
  });

  it.each([
    ['zebra', ['alpha']],
    ['ALPH', ['alpha']],
    ['äpfel', ['beta']],
    ['env:prod', ['beta']],
    ['SOLO', ['alpha']],
    ['100%', ['beta']],
    ['_', []],
    ['%', ['beta']],
    ['\\', []],
  ])('finds “%s” in name, ID, description and tags', async (term, expected) => {
    expect(await ids(`searchTerm=${encodeURIComponent(term)}`)).toEqual(expected);
  });

  it('pages by number from either end', async () => {
    expect(await ids('pageSize=2&pageIndex=0')).toEqual(['omega', 'delta']);
    expect(await ids('pageSize=2&pageIndex=1')).toEqual(['gamma', 'beta']);
    expect(await ids('pageSize=2&pageIndex=2')).toEqual(['alpha']);
    expect((await list('pageSize=2&pageIndex=3')).body.data).toMatchObject({
      content: [],
      totalItems: 5,
      totalPages: 3,
    });
    const { body } = await list('pageSize=2&pageIndex=1');
    expect(await ids(`pageSize=2&pageToken=${body.data.pageToken}`)).toEqual(['alpha']);
  });

  it.each(['pageSize=0', 'pageSize=101', 'pageIndex=-1', 'pageIndex=x', 'pageToken=x'])('refuses %s', async (query) => {
    expect((await list(query)).body.errors).toMatchObject([{ fieldId: query.split('=')[0] }]);
  });

  it('refuses to search for, or by, a character that cannot be stored', async () => {
    expect((await list('searchTerm=%00')).body.errors).toMatchObject([{ fieldId: 'searchTerm' }]);
    expect((await list('orgIdentifier=%00')).status).toBeLessThan(500);
  });

  it('refuses a token that belongs to another order', async () => {
    const { body } = await list('pageSize=2&sortOrders=name,ASC');
    expect((await list(`pageToken=${body.data.pageToken}&sortOrders=name,DESC`)).status).toBe(400);
  });

  it('walks over every row exactly once while rows are added and removed', async () => {
    const org = { orgIdentifier: 'walked' };
    for (let n = 10; n < 35; n++) await givenConnector(app, connector(`row_${n}`, org));
    const seen: string[] = [];
    let token: string | null = '';
    while (token !== null) {
      const query: string = `orgIdentifier=walked&pageSize=4&sortOrders=name,ASC${token && `&pageToken=${token}`}`;
      const { data } = (await list(query)).body;
      seen.push(...data.content.map((one) => one.connector.identifier));
      token = data.pageToken;
      // One before and one after what is still to come, and one gone that was seen.
      await givenConnector(app, connector(`aaa_${seen.length}`, org));
      await app.call('DELETE', `${ROOT}/${seen[0]}?orgIdentifier=walked`);
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `row_${n + 10}`));
  });

  it('keeps its total right through additions and removals, refused ones too', async () => {
    const org = { orgIdentifier: 'counted' };
    const total = async () => (await list('orgIdentifier=counted&pageSize=1')).body.data.totalItems;
    await Promise.all(['a', 'b', 'c', 'a', 'b'].map((id) => app.call('POST', ROOT, connector(id, org))));
    expect(await total()).toBe(3);
    await Promise.all(['a', 'a', 'none'].map((id) => app.call('DELETE', `${ROOT}/${id}?orgIdentifier=counted`)));
    expect(await total()).toBe(2);
    const rows = await app.database.db.selectFrom('connectors').select('id').where('org_id', '=', 'counted').execute();
    expect(rows).toHaveLength(2);
  });

  it('has a deprecated list with larger pages, the newest first', async () => {
    const query = 'accountIdentifier=default&category=SECRET_MANAGER';
    const answer = await app.call<Listed>('GET', `${ROOT}?${query}`);
    expect(answer.body.data).toMatchObject({ pageSize: 100, totalItems: 5 });
    expect(
      (await app.call<Listed>('GET', `${ROOT}?${query}&pageSize=1000&searchTerm=alpha`)).body.data.totalItems,
    ).toBe(1);
    expect((await app.call<Listed>('GET', `${ROOT}?type=Vault`)).body.data.totalItems).toBe(0);
    expect((await app.call<Listed>('GET', `${ROOT}?source_category=SECRET_MANAGER`)).body.data.totalItems).toBe(0);
    expect((await app.call('GET', `${ROOT}?pageSize=1001`)).status).toBe(400);
  });

  it('counts by type and status', async () => {
    const answer = await app.call<Success<ConnectorStats>>('GET', `${ROOT}/stats`);
    expect(answer.body.data).toEqual({
      typeStats: [{ type: 'AwsKms', count: 5 }],
      statusStats: [{ status: 'PENDING', count: 5 }],
    });
  });

  it('says which connectors can be made', async () => {
    const answer = await app.call<Success<unknown>>('GET', `${ROOT}/catalogue`);
    expect(answer.body.data).toEqual({ catalogue: [{ category: 'SECRET_MANAGER', connectors: ['AwsKms'] }] });
  });

  it('finds connectors by their full names', async () => {
    const names = ['default/o1/p1/in_project', 'default/none', 'default/alpha', 'default/o1/in_org'];
    const answer = await app.call<Success<Listed['data']['content']>>('POST', `${ROOT}/listbyfqn`, names);
    expect(answer.body.data.map((one) => one.connector.identifier)).toEqual(['in_project', 'alpha', 'in_org']);
    const refused = await app.call<Failure>('POST', `${ROOT}/listbyfqn`, ['other/alpha']);
    expect(refused).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
  });
});
