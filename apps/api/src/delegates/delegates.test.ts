import { type DelegateGroup, delegateGroupSchema } from '@wardline/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../test-support/test-app.ts';
import type { DelegateSetup } from './delegate-setup.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp('sqlite');
});
afterAll(() => app.close());

interface RestResponse<T> {
  readonly resource: T;
}

describe('the delegates that the wizard lists', () => {
  it('are the embedded one, connected, with a heartbeat of now', async () => {
    const before = Date.now();
    const { status, body } = await app.call<RestResponse<{ delegateGroupDetails: DelegateGroup[] }>>(
      'GET',
      '/api/setup/delegates/v2/up-the-hierarchy?accountId=default&orgId=ops&projectId=',
    );
    expect(status).toBe(200);
    const [delegate, ...others] = delegateGroupSchema.array().parse(body.resource.delegateGroupDetails);
    expect(others).toEqual([]);
    expect(delegate).toMatchObject({
      groupName: 'embedded',
      groupCustomSelectors: ['embedded'],
      connectivityStatus: 'connected',
      activelyConnected: true,
    });
    expect(delegate?.lastHeartBeat).toBeGreaterThanOrEqual(before);
  });

  it('have their tags suggested, the host name among them', async () => {
    const path = '/api/setup/delegates/delegate-selectors-up-the-hierarchy?accountId=default';
    const { body } = await app.call<RestResponse<string[]>>('GET', path);
    expect(body.resource).toContain('embedded');
    expect(body.resource).toHaveLength(new Set(body.resource).size);
  });
});

describe('the delegates that the Terraform provider filters', () => {
  const list = async (filter: object) =>
    (await app.call<RestResponse<DelegateSetup[]>>('POST', '/ng/api/delegate-setup/listDelegates?all=true', filter))
      .body.resource;

  it('come in its shape', async () => {
    const [delegate] = await list({ filterType: 'Delegate' });
    expect(delegate).toMatchObject({
      name: 'embedded',
      connected: true,
      delegateReplicas: [{ connected: true, hostName: expect.any(String), version: expect.any(String) }],
      orgName: null,
      projectName: null,
    });
  });

  it.each([
    [{ status: 'CONNECTED' }, 1],
    [{ status: 'DISCONNECTED' }, 0],
    [{ delegateName: 'embedded' }, 1],
    [{ delegateName: 'embed' }, 0],
    [{ delegateGroupIdentifier: 'other' }, 0],
    [{ delegateTags: ['EMBEDDED'] }, 1],
    [{ delegateTags: ['embedded', 'eu-vpc'] }, 0],
    [{ hostName: 'elsewhere' }, 0],
    [{ description: 'inside the Wardline server' }, 1],
    [{ autoUpgrade: 'ON' }, 0],
    [{ delegateInstanceFilter: 'EXPIRED' }, 0],
  ])('match every field of the filter: %j', async (filter, expected) => {
    expect(await list({ filterType: 'Delegate', ...filter })).toHaveLength(expected);
  });

  it('refuse a field that does not exist, by name', async () => {
    const { status, body } = await app.call<{ errors: { fieldId: string }[]; message: string }>(
      'POST',
      '/ng/api/delegate-setup/listDelegates',
      { delegateNames: ['embedded'] },
    );
    expect(status).toBe(400);
    expect(body.message).toContain('delegateNames');
  });
});
