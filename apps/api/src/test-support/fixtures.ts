import type { ConnectorRequest, ConnectorResponse, Page, SecretRequest, SecretResponse } from '@wardline/contracts';
import type { Place } from '../db/scope-columns.ts';
import type { Answer, TestApp } from './test-app.ts';

/** The success body around an answer. */
export interface Success<T> {
  status: string;
  data: T;
  metaData: null;
  correlationId: string;
}

/** Either failure body, as tests look at it. */
export interface Failure {
  status: string;
  code: string;
  message: string;
  correlationId: string;
  errors?: { fieldId: string; error: string }[] | null;
  responseMessages?: { code: string; level: string; message: string }[];
  metadata?: { referencedBy?: { type: string; identifier: string }[] } | null;
}

export type Created = Success<ConnectorResponse>;
export type Listed = Success<Page<ConnectorResponse>>;

/** A connector that assumes the role of a delegate's host: it needs no secrets. */
export function connector(
  identifier: string,
  changes: Partial<ConnectorRequest> = {},
): { connector: ConnectorRequest } {
  return {
    connector: {
      name: identifier,
      identifier,
      type: 'AwsKms',
      spec: {
        credential: { type: 'AssumeIAMRole', spec: { delegateSelectors: ['eu'] } },
        kmsArnInPlainText: 'key one',
        region: 'eu-west-1',
      },
      ...changes,
    },
  };
}

/** A connector with an access key, held in the given secrets. */
export function accessKeyConnector(
  identifier: string,
  references: { accessKey: string; secretKey: string; kmsArn?: string },
) {
  const { accessKey, secretKey, kmsArn } = references;
  return connector(identifier, {
    spec: {
      credential: { type: 'ManualConfig', spec: { accessKey, secretKey } },
      ...(kmsArn ? { kmsArn } : { kmsArnInPlainText: 'key one' }),
      region: 'eu-west-1',
    },
  });
}

export function secret(
  identifier: string,
  value = `value of ${identifier}`,
  place: Place = {},
): { secret: SecretRequest } {
  const spec = { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline' as const, value };
  return { secret: { type: 'SecretText', name: identifier, identifier, ...place, spec } };
}

/** The query that names a scope. */
export function scopeQuery({ orgIdentifier, projectIdentifier }: Place = {}): string {
  const query = new URLSearchParams({ accountIdentifier: 'default' });
  if (orgIdentifier) query.set('orgIdentifier', orgIdentifier);
  if (projectIdentifier) query.set('projectIdentifier', projectIdentifier);
  return query.toString();
}

/** Stores a secret. @throws when the server refuses. */
export async function givenSecret(app: TestApp, identifier: string, place: Place = {}): Promise<void> {
  const body = secret(identifier, undefined, place);
  mustSucceed(await app.call<Success<SecretResponse>>('POST', `/ng/api/v2/secrets?${scopeQuery(place)}`, body));
}

/** Stores a connector. @throws when the server refuses. */
export async function givenConnector(app: TestApp, body: { connector: ConnectorRequest }): Promise<ConnectorResponse> {
  return mustSucceed(await app.call<Created>('POST', '/ng/api/connectors?accountIdentifier=default', body));
}

function mustSucceed<T>({ status, body }: Answer<Success<T>>): T {
  if (status !== 200) throw new Error(`the test's preparation was refused: ${JSON.stringify(body)}`);
  return body.data;
}
