import type { Simulator } from '@wardline/aws-simulator';
import { accessKeyConnectorBody, secretBody, seeded } from '../server/requests.ts';
import type { Canary } from './canaries.ts';

/** An access key whose both parts are looked for. */
export interface Credentials {
  readonly id: Canary;
  readonly key: Canary;
}

/** One call of the tour; `accept` asks for server-sent events. */
export interface TourCall {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON, or as the form that it is. */
  readonly body?: unknown;
  /** Sent as YAML, in place of a body. */
  readonly yaml?: string;
  readonly accept?: string;
  /** The value that the answer is for, and that it has to contain. */
  readonly reveals?: Canary;
}

const SECRETS = '/ng/api/v2/secrets';
const FILES = '/ng/api/v2/secrets/files';
const RESOLVE = '/api/secrets/resolve';
const CONNECTORS = '/ng/api/connectors';
const STREAM = 'text/event-stream';

function connectorOf(simulator: Simulator, identifier: string, prefix: string, executeOnDelegate: boolean) {
  return accessKeyConnectorBody({
    identifier,
    keyArn: seeded(simulator.seed.keys, 'working').arn,
    region: simulator.region,
    accessKeyRef: `account.${prefix}_id`,
    secretKeyRef: `account.${prefix}_key`,
    executeOnDelegate,
  });
}

/** Stores credentials, tests with them in every way, and reads everything back that can be read. */
function withCredentials(simulator: Simulator, prefix: string, { id, key }: Credentials): TourCall[] {
  const connector = connectorOf(simulator, `${prefix}_connector`, prefix, true);
  const draft = connectorOf(simulator, `${prefix}_draft`, prefix, false);
  const test = `${CONNECTORS}/testConnection/${prefix}_connector`;
  return [
    { method: 'POST', path: SECRETS, body: secretBody(`${prefix}_id`, id.value) },
    { method: 'POST', path: SECRETS, body: secretBody(`${prefix}_key`, 'replaced at once') },
    { method: 'PUT', path: `${SECRETS}/${prefix}_key`, body: secretBody(`${prefix}_key`, key.value) },
    { method: 'POST', path: CONNECTORS, body: connector },
    { method: 'PUT', path: CONNECTORS, body: connector },
    { method: 'POST', path: test },
    { method: 'POST', path: test, accept: STREAM },
    { method: 'POST', path: '/api/connectors/test', body: draft },
    { method: 'POST', path: '/api/connectors/test', body: draft, accept: STREAM },
    { method: 'GET', path: `/api/connectors/${prefix}_connector/last-test` },
    { method: 'GET', path: `${CONNECTORS}/${prefix}_connector` },
    { method: 'GET', path: `${SECRETS}/${prefix}_key` },
    ...withVersions(`${prefix}_key`),
    { method: 'POST', path: RESOLVE, body: { references: [`account.${prefix}_id`] }, reveals: id },
    {
      method: 'POST',
      path: RESOLVE,
      body: { references: [`${prefix}_connector`, 'org.nothing', 'no.reference.this'] },
    },
    { method: 'DELETE', path: `${SECRETS}/${prefix}_key` },
    { method: 'GET', path: `/ng/api/entitySetupUsage?identifier=${prefix}_key&referredEntityType=Secrets` },
  ];
}

/** What there is to know about a secret whose second version has the value, which is the current one again at the end. */
function withVersions(identifier: string): TourCall[] {
  const versions = `/api/secrets/${identifier}/versions`;
  return [
    { method: 'GET', path: versions },
    { method: 'POST', path: `${versions}/1/restore` },
    { method: 'POST', path: `${versions}/2/restore` },
    { method: 'POST', path: `${versions}/99/restore` },
    { method: 'DELETE', path: `${versions}/3` },
    { method: 'GET', path: '/api/secrets/managers' },
    { method: 'GET', path: '/api/secrets/export' },
    { method: 'GET', path: `/api/secrets/files/${identifier}` },
  ];
}

/** Values that the connector keeps: written, changed, read, exported. */
function underKms({ value }: Canary): TourCall[] {
  const secret = secretBody('under_kms', value).secret;
  const body = { secret: { ...secret, spec: { ...secret.spec, secretManagerIdentifier: 'good_connector' } } };
  const revealed = { what: 'a value under KMS', value };
  return [
    { method: 'POST', path: SECRETS, body },
    { method: 'PUT', path: `${SECRETS}/under_kms`, body },
    { method: 'GET', path: `${SECRETS}/under_kms` },
    { method: 'GET', path: '/api/secrets/under_kms/versions' },
    { method: 'POST', path: RESOLVE, body: { references: ['under_kms'] }, reveals: revealed },
    { method: 'POST', path: `/api/connectors/good_connector/disable` },
    { method: 'POST', path: RESOLVE, body: { references: ['under_kms'] } },
    { method: 'POST', path: SECRETS, body: { secret: { ...body.secret, identifier: 'under_kms_2' } } },
    { method: 'POST', path: `/api/connectors/good_connector/enable` },
    { method: 'GET', path: '/api/secrets/export' },
  ];
}

/** A value where there is to be none: in YAML that is refused, or is none; and as half of an access key that does not fit. */
function asYaml({ value }: Canary): TourCall[] {
  const described = (line: string) =>
    `secret:\n  type: SecretText\n  name: n\n  identifier: under_kms\n  spec:\n    valueType: Inline\n    ${line}\n`;
  const texts = [
    described(`value: ${value}`),
    described(`value: { nested: ${value} }`),
    described(`${value}: 1\n    ${value}: 2`),
    described(`value: "${value}`),
    described(`value: *${value}`),
    `secret: { type: ${value} }`,
    `- ${value}\n--- ${value}`,
  ];
  return [
    ...texts.map((yaml) => ({ method: 'POST', path: `${SECRETS}/yaml`, yaml })),
    ...texts.map((yaml) => ({ method: 'PUT', path: `${SECRETS}/under_kms/yaml`, yaml })),
    { method: 'PUT', path: `${SECRETS}/under_kms/yaml`, yaml: described('secretManagerIdentifier: good_connector') },
    { method: 'POST', path: `${SECRETS}/validate?identifier=under_kms` },
    { method: 'POST', path: `${SECRETS}/validate?identifier=under_kms`, body: { type: 'SSHKey', host: value } },
    { method: 'PUT', path: `${SECRETS}/good_key`, body: secretBody('good_key', value) },
    { method: 'POST', path: '/api/secrets/good_key/versions/1/restore' },
  ];
}

/** A form with a file, in the order of its parts. */
function form(...parts: readonly (readonly [name: 'spec' | 'file', content: string | Blob])[]): FormData {
  const data = new FormData();
  for (const [name, content] of parts) {
    if (typeof content === 'string') data.append(name, content);
    else data.append(name, content, 'canary.pem');
  }
  return data;
}

/** A value that is a file: stored, changed and downloaded, and in every part of a form that is refused. */
function asFile({ value }: Canary): TourCall[] {
  const spec = JSON.stringify({ secret: { type: 'SecretFile', name: 'a file', identifier: 'a_file', spec: {} } });
  const file = new Blob([value]);
  const given = form(['file', file], ['spec', spec]);
  return [
    { method: 'POST', path: FILES, body: given },
    { method: 'PUT', path: `${FILES}/a_file`, body: form(['spec', spec], ['file', 'a path'], ['file', file]) },
    { method: 'GET', path: `${SECRETS}/a_file` },
    { method: 'GET', path: '/api/secrets/files/a_file', reveals: { what: 'the content of a file', value } },
    { method: 'POST', path: RESOLVE, body: { references: ['a_file'] } },
    { method: 'GET', path: '/api/secrets/export' },
    { method: 'POST', path: FILES, body: given },
    { method: 'PUT', path: `${FILES}/a_file`, body: form(['spec', spec], ['file', value]) },
    { method: 'POST', path: FILES, body: form(['file', file]) },
    { method: 'POST', path: FILES, body: form(['file', file], ['spec', `{"secret": "${value}`]) },
    {
      method: 'POST',
      path: FILES,
      body: form(['spec', JSON.stringify({ secret: { [value]: value } })], ['file', file]),
    },
    { method: 'POST', path: FILES, body: { secret: value } },
  ];
}

/** Requests that are refused, each with a secret value where it belongs or where a hasty person puts it. */
function refused(simulator: Simulator, { value }: Canary): TourCall[] {
  const good = secretBody('refused', value).secret;
  const connector = connectorOf(simulator, 'refused', 'good', true).connector;
  const pasted = { type: 'ManualConfig', spec: { accessKey: value, secretKey: value } };
  return [
    { method: 'POST', path: SECRETS, body: { secret: { ...good, identifier: '1 not an identifier' } } },
    { method: 'POST', path: SECRETS, body: { secret: { ...good, unknownField: value } } },
    { method: 'POST', path: SECRETS, body: { secret: { ...good, spec: { ...good.spec, value: { nested: value } } } } },
    { method: 'POST', path: SECRETS, body: { secret: { ...good, spec: { ...good.spec, valueType: value } } } },
    { method: 'POST', path: SECRETS, body: secretBody('good_key', value) },
    { method: 'PUT', path: `${SECRETS}/no_such_secret`, body: secretBody('no_such_secret', value) },
    {
      method: 'POST',
      path: CONNECTORS,
      body: { connector: { ...connector, spec: { ...connector.spec, credential: pasted } } },
    },
  ];
}

/** Every way through the API on which a secret value could get where it does not belong. */
export function apiTour(simulator: Simulator, good: Credentials, bad: Credentials, stray: Canary): TourCall[] {
  return [
    ...withCredentials(simulator, 'good', good),
    ...withCredentials(simulator, 'bad', bad),
    ...refused(simulator, stray),
    ...underKms(stray),
    ...asYaml(stray),
    ...asFile(stray),
    { method: 'POST', path: `${SECRETS}/list`, body: {} },
    { method: 'POST', path: `${CONNECTORS}/listV2`, body: {} },
    { method: 'GET', path: `${CONNECTORS}/stats` },
    { method: 'GET', path: '/api/settings' },
    { method: 'GET', path: '/api/openapi.json' },
  ];
}
