import type { Page, SecretResponse } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '../db/scope-columns.ts';
import { type Failure, givenSecret, type Success, scopeQuery } from '../test-support/fixtures.ts';
import { givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ROOT = '/ng/api/v2/secrets';
const ORG = { orgIdentifier: 'o1' };
const P1 = { ...ORG, projectIdentifier: 'p1' };
const P2 = { ...ORG, projectIdentifier: 'p2' };
const OTHER = { orgIdentifier: 'o2', projectIdentifier: 'p1' };
type Many = Success<Page<SecretResponse>> & Failure;

describeEachEngine((engine) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp(engine);
    const places: [string, Place][] = [
      ['account_1', {}],
      ['o1_1', ORG],
      ['o1_p1_1', P1],
      ['o1_p2_1', P2],
      ['o1_p1_2', P1],
      ['o2_p1_1', OTHER],
      ['o1_2', ORG],
    ];
    for (const [identifier, place] of places) await givenSecret(app, identifier, place);
  });
  afterAll(() => app.close());

  const list = (place: Place, filter: object = {}, query = '', proof?: Proof) => {
    const body = { includeSecretsFromEverySubScope: true, ...filter };
    return app.call<Many>('POST', `${ROOT}/list?${scopeQuery(place)}&${query}`, body, proof);
  };
  const ids = ({ body }: { body: Many }) => body.data.content.map(({ secret }) => secret.identifier);
  const OF_ORG = ['o1_1', 'o1_2', 'o1_p1_1', 'o1_p1_2', 'o1_p2_1'];

  describe('a list with every scope below', () => {
    it('has the secrets of the scope and of all below it, in the order asked for', async () => {
      expect(ids(await list(ORG))).toEqual(['o1_2', 'o1_p1_2', 'o1_p2_1', 'o1_p1_1', 'o1_1']);
      expect(ids(await list(ORG, {}, 'sortOrders=name,ASC'))).toEqual(OF_ORG);
      expect(ids(await list(P1, {}, 'sortOrders=name,ASC'))).toEqual(['o1_p1_1', 'o1_p1_2']);
      const all = await list({}, {}, 'sortOrders=createdAt,ASC');
      expect(ids(all)).toEqual(['account_1', 'o1_1', 'o1_p1_1', 'o1_p2_1', 'o1_p1_2', 'o2_p1_1', 'o1_2']);
      expect(all.body.data.totalItems).toBe(7);
      const old = await app.call<Many>(
        'GET',
        `${ROOT}?${scopeQuery(ORG)}&includeSecretsFromEverySubScope=true&sortOrders=name,ASC`,
      );
      expect(ids(old)).toEqual(OF_ORG);
    });

    it.each([
      ['of the account', {}, ['account_1', ...OF_ORG, 'o2_p1_1']],
      ['of an organization', ORG, OF_ORG],
    ])('%s goes page by page, by number and by token', async (_what, place, expected) => {
      const numbered: string[] = [];
      const byToken: string[] = [];
      let token = '';
      for (let page = 0; page * 2 < expected.length; page += 1) {
        const query = 'pageSize=2&sortOrders=name,ASC';
        const answer = await list(place, {}, `${query}&pageIndex=${page}`);
        expect(answer.body.data).toMatchObject({ totalItems: expected.length, pageIndex: page });
        numbered.push(...ids(answer));
        const next = await list(place, {}, `${query}&pageToken=${token}`);
        expect(next.body.data.totalItems).toBe(expected.length);
        byToken.push(...ids(next));
        token = next.body.data.pageToken ?? '';
      }
      expect(numbered).toEqual(expected);
      expect(byToken).toEqual(expected);
      expect(token).toBe('');
    });

    it('is filtered and searched like any other', async () => {
      const sorted = 'sortOrders=name,ASC';
      expect(ids(await list({}, { searchTerm: 'P1_1' }, sorted))).toEqual(['o1_p1_1', 'o2_p1_1']);
      expect(ids(await list(ORG, { searchTerm: 'P1_1' }, sorted))).toEqual(['o1_p1_1']);
      expect(ids(await list(ORG, { searchTerm: 'p' }, sorted))).toEqual(['o1_p1_1', 'o1_p1_2', 'o1_p2_1']);
      const some = await list({}, { identifiers: ['o1_1', 'o2_p1_1'], secretTypes: ['SecretText'] }, sorted);
      expect(ids(some)).toEqual(['o1_1', 'o2_p1_1']);
      expect(some.body.data.totalItems).toBe(2);
      const kept = await list(ORG, { secretManagerIdentifiers: ['harnessSecretManager'] }, sorted);
      expect(ids(kept)).toEqual(OF_ORG);
    });

    it('may have those above as well, each once', async () => {
      const both = await list(ORG, { includeAllSecretsAccessibleAtScope: true }, 'sortOrders=name,ASC');
      expect(ids(both)).toEqual(['account_1', ...OF_ORG]);
      expect(both.body.data.totalItems).toBe(6);
    });
  });

  describe('to someone who may not see the scope, a list with every scope below', () => {
    const seen = (proof: Proof, place: Place, filter = {}) => list(place, filter, 'sortOrders=name,ASC', proof);

    it('shows what they may see of it', async () => {
      const proof = await givenProgramWith(app, 'of_two', [
        { role: '_account_viewer', at: P1 },
        { role: '_secrets_reader', at: P1 },
        { role: '_account_viewer', at: OTHER },
      ]);
      expect(ids(await seen(proof, {}))).toEqual(['o1_p1_1', 'o1_p1_2', 'o2_p1_1']);
      const ofOrg = await seen(proof, ORG, { includeAllSecretsAccessibleAtScope: true });
      expect(ids(ofOrg)).toEqual(['o1_p1_1', 'o1_p1_2']);
      expect(ofOrg.body.data.totalItems).toBe(2);
      expect(await seen(proof, P2)).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
      const plain = { includeSecretsFromEverySubScope: false };
      expect(await seen(proof, ORG, plain)).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    });

    it('has each secret once where they may see an organization and a project of it', async () => {
      const proof = await givenProgramWith(app, 'of_org', [
        { role: '_account_viewer', at: P1 },
        { role: '_account_viewer', at: ORG },
      ]);
      const answer = await seen(proof, {});
      expect(ids(answer)).toEqual(OF_ORG);
      expect(answer.body.data.totalItems).toBe(5);
    });

    it('says so where they may see nothing of it', async () => {
      await givenRole(app, 'connectors_only', ['core_connector_view']);
      const proof = await givenProgramWith(app, 'of_none', [{ role: 'connectors_only' }]);
      expect(await seen(proof, {})).toMatchObject({ status: 403, body: { code: 'NG_ACCESS_DENIED' } });
    });
  });
});
