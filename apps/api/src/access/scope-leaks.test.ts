import type { ConnectorResponse, EntityUsage, Page, SecretResponse } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '../db/scope-columns.ts';
import {
  accessKeyConnector,
  connector,
  type Failure,
  givenConnector,
  givenSecret,
  type Success,
  scopeQuery,
} from '../test-support/fixtures.ts';
import { givenProgram, givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const ORG = { orgIdentifier: 'o1' };
const OWN = { ...ORG, projectIdentifier: 'p1' };
const SIBLING = { ...ORG, projectIdentifier: 'p2' };
const FOREIGN = { orgIdentifier: 'o2', projectIdentifier: 'p1' };
const ELSEWHERE: readonly Place[] = [{}, ORG, SIBLING, FOREIGN];

const nameIn = ({ orgIdentifier = '', projectIdentifier = '' }: Place) => `in_${orgIdentifier}_${projectIdentifier}`;
const fqnIn = (place: Place) =>
  ['default', place.orgIdentifier, place.projectIdentifier, nameIn(place)].filter(Boolean).join('/');

/** Someone may see, use and change everything in one project; what is in other scopes is asked for in every way there is. */
describeEachEngine((engine) => {
  let app: TestApp;
  let proof: Proof;
  beforeAll(async () => {
    app = await startTestApp(engine);
    for (const place of [OWN, ...ELSEWHERE]) {
      await givenSecret(app, nameIn(place), place);
      await givenConnector(app, connector(nameIn(place), place));
    }
    const { connector: user } = accessKeyConnector('user_of_secret', {
      accessKey: `account.${nameIn({})}`,
      secretKey: `account.${nameIn({})}`,
    });
    await givenConnector(app, { connector: { ...user, ...FOREIGN } });
    await givenRole(app, 'maker', ['core_connector_edit', 'core_connector_access', 'core_role_edit'], OWN);
    proof = await givenProgramWith(
      app,
      'of_project',
      ['_account_viewer', '_secrets_reader', 'maker'].map((role) => ({ role, at: OWN })),
    );
    await givenProgram(app, 'foreign', FOREIGN);
  });
  afterAll(() => app.close());

  const ask = <T>(method: 'GET' | 'POST' | 'PUT', url: string, body?: unknown) =>
    app.call<Success<T> & Failure>(method, url, body, proof);
  const refused = { status: 403, body: { code: 'NG_ACCESS_DENIED' } };

  describe('what is in another scope', () => {
    it('is in no list, also not in one that goes up the scopes', async () => {
      const query = `${scopeQuery(OWN)}&pageSize=100`;
      const connectors = await ask<Page<ConnectorResponse>>(
        'POST',
        `/ng/api/connectors/listV2?${query}&includeAllConnectorsAvailableAtScope=true`,
      );
      expect(connectors.body.data.content.map((one) => one.connector.identifier)).toEqual([nameIn(OWN)]);
      expect(connectors.body.data.totalItems).toBe(1);
      const up = { includeAllSecretsAccessibleAtScope: true };
      for (const secrets of [
        await ask<Page<SecretResponse>>('POST', `/ng/api/v2/secrets/list?${query}`, up),
        await ask<Page<SecretResponse>>('GET', `/ng/api/v2/secrets?${query}&includeAllSecretsAccessibleAtScope=true`),
      ]) {
        expect(secrets.body.data.content.map((one) => one.secret.identifier)).toEqual([nameIn(OWN)]);
        expect(secrets.body.data.totalItems).toBe(1);
      }
    });

    it('is not shown by its full name, not even among names that one may see', async () => {
      const byName = (...places: Place[]) =>
        ask<ConnectorResponse[]>('POST', `/ng/api/connectors/listbyfqn?${scopeQuery(OWN)}`, places.map(fqnIn));
      expect((await byName(OWN)).body.data).toHaveLength(1);
      for (const place of ELSEWHERE) expect(await byName(OWN, place)).toMatchObject(refused);
    });

    it('does not tell who uses it', async () => {
      const usage = (name: string, type: string) =>
        ask<Page<EntityUsage>>(
          'GET',
          `/ng/api/entitySetupUsage?${scopeQuery(OWN)}&referredEntityFQN=${name}&referredEntityType=${type}`,
        );
      expect((await usage(fqnIn(OWN), 'Secrets')).status).toBe(200);
      for (const type of ['Secrets', 'Connectors']) {
        for (const place of ELSEWHERE) expect(await usage(fqnIn(place), type)).toMatchObject(refused);
      }
    });

    it('is not found from the scope that one may see', async () => {
      for (const place of ELSEWHERE) {
        for (const path of ['/ng/api/connectors', '/ng/api/v2/secrets']) {
          const answer = await ask('GET', `${path}/${nameIn(place)}?${scopeQuery(OWN)}`);
          expect(answer).toMatchObject({ status: 400, body: { code: 'RESOURCE_NOT_FOUND_EXCEPTION' } });
        }
      }
    });

    it('is not used by a connector of one’s own, whether it is there or not: saved, changed or only tried', async () => {
      for (const reference of [`account.${nameIn({})}`, 'account.nowhere', `org.${nameIn(ORG)}`, 'org.nowhere']) {
        const { connector: made } = accessKeyConnector('thief', { accessKey: reference, secretKey: reference });
        const body = { connector: { ...made, ...OWN } };
        expect(await ask('POST', `/ng/api/connectors?${scopeQuery(OWN)}`, body)).toMatchObject(refused);
        expect(await ask('POST', `/api/connectors/test?${scopeQuery(OWN)}`, body)).toMatchObject(refused);
        const changed = { connector: { ...made, ...OWN, identifier: nameIn(OWN) } };
        expect(await ask('PUT', `/ng/api/connectors?${scopeQuery(OWN)}`, changed)).toMatchObject(refused);
      }
      const { connector: fine } = accessKeyConnector('fine', { accessKey: nameIn(OWN), secretKey: nameIn(OWN) });
      expect((await ask('POST', '/ng/api/connectors', { connector: { ...fine, ...OWN } })).status).toBe(200);
    });

    it('is not reached by a body that names another scope than the query', async () => {
      for (const place of ELSEWHERE) {
        const { connector: other } = connector('smuggled', place);
        const { status } = await ask('POST', `/ng/api/connectors?${scopeQuery(OWN)}`, { connector: other });
        expect([400, 403]).toContain(status);
        const batch = { accountIdentifier: 'default', ...place };
        expect(await ask('POST', `/ng/api/user-groups/batch?${scopeQuery(OWN)}`, batch)).toMatchObject(refused);
        const audits = { scopes: [{ accountIdentifier: 'default', ...place }] };
        expect(await ask('POST', `/audit/api/audits/list?${scopeQuery(OWN)}`, audits)).toMatchObject(refused);
      }
    });

    it('keeps to itself who has which rights there', async () => {
      for (const place of ELSEWHERE) {
        const query = scopeQuery(place);
        for (const list of ['filter', 'v2/filter', 'aggregate']) {
          expect(await ask('POST', `/authz/api/roleassignments/${list}?${query}`, {})).toMatchObject(refused);
        }
        const check = {
          permissions: [{ resourceScope: place, permission: 'core_secret_view' }],
          principal: { type: 'SERVICE_ACCOUNT', identifier: 'test_admin' },
        };
        expect(await ask('POST', '/authz/api/acl', check)).toMatchObject(refused);
      }
      const everyone = { principalTypeFilter: ['USER', 'SERVICE_ACCOUNT', 'USER_GROUP'] };
      const own = await ask<Page<unknown>>('POST', `/authz/api/roleassignments/filter?${scopeQuery(OWN)}`, everyone);
      expect(own.body.data.totalItems).toBe(3);
    });

    it('is not given by a role there, nor to oneself', async () => {
      for (const place of ELSEWHERE) {
        const body = {
          roleIdentifier: '_account_viewer',
          principal: { type: 'SERVICE_ACCOUNT', identifier: 'of_project', scopeLevel: 'account' },
        };
        expect(await ask('POST', `/authz/api/roleassignments?${scopeQuery(place)}`, body)).toMatchObject(refused);
      }
    });

    it('has no keys that one may see', async () => {
      const key = 'apiKeyType=SERVICE_ACCOUNT&parentIdentifier=foreign';
      for (const path of ['/ng/api/apikey', '/ng/api/apikey/aggregate']) {
        expect(await ask('GET', `${path}?${scopeQuery(FOREIGN)}&${key}`)).toMatchObject(refused);
      }
    });
  });
});
