import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessKeyConnector, givenConnector, givenSecret } from '../test-support/fixtures.ts';
import { givenProgramWith, givenRole, type Proof } from '../test-support/principals.ts';
import { describeEachEngine, startTestApp, type TestApp } from '../test-support/test-app.ts';

const URL = '/ng/api/connectors?accountIdentifier=default';
const REFUSED = { status: 403, body: { failedPermissionChecks: [{ permission: 'core_secret_access' }] } };
const { connector: stored } = accessKeyConnector('kept', { accessKey: 'key_id', secretKey: 'key_secret' });

/** Someone may edit connectors, and may not read secrets; the connector already has two of them. */
describeEachEngine((engine) => {
  let app: TestApp;
  let editor: Proof;
  beforeAll(async () => {
    app = await startTestApp(engine);
    await givenSecret(app, 'key_id');
    await givenSecret(app, 'key_secret');
    await givenConnector(app, { connector: stored });
    await givenRole(app, 'connector_editor', ['core_connector_view', 'core_connector_edit']);
    editor = await givenProgramWith(app, 'editor', [{ role: 'connector_editor' }]);
  });
  afterAll(() => app.close());

  const change = (spec: object) =>
    app.call('PUT', URL, { connector: { ...stored, name: 'renamed', spec: { ...stored.spec, ...spec } } }, editor);

  it('lets the secrets of a connector stay where they are', async () => {
    expect((await change({ region: 'eu-central-1' })).status).toBe(200);
  });

  it.each([
    ['to delegates of one’s choice', { delegateSelectors: ['mine'] }],
    ['away from the delegates', { executeOnDelegate: false }],
  ])('does not send the values of secrets %s', async (_where, spec) => {
    expect(await change(spec)).toMatchObject(REFUSED);
  });

  it.each([
    ['the ARN of the key', { kmsArn: 'key_secret', kmsArnInPlainText: undefined }],
    [
      'the access key ID',
      { credential: { type: 'ManualConfig', spec: { accessKey: 'key_secret', secretKey: 'key_secret' } } },
    ],
  ])('does not use the secret of one field as %s', async (_field, spec) => {
    expect(await change(spec)).toMatchObject(REFUSED);
  });
});
