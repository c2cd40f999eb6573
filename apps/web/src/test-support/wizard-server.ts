// The wizard is loaded when it is first opened; here at once, so that no test waits for it.
import '../app/wizard-routes.tsx';
import { screen } from '@testing-library/react';
import {
  type ConnectorRequest,
  type ConnectorResponse,
  connectorInputSchema,
  connectorResponseSchema,
  type DelegateGroup,
  delegateGroupSchema,
  pageOf,
  regionSchema,
  restResponseOf,
  type SecretRequest,
  type SecretResponse,
  secretResponseSchema,
  settingsSchema,
  type TestEvent,
  type TestResult,
  testEventSchema,
} from '@wardline/contracts';
import { z } from 'zod';
import { useDraftStore } from '../features/wizard/draft/draft-store.ts';
import { delegateGroup, delegateInstance } from './delegates.ts';
import { startFakeServer } from './fake-server.ts';
import { connectorResponse, pageWith, passedTest, settings } from './fixtures.ts';

const embedded = delegateGroup('embedded', [delegateInstance({ tokenName: null, tags: ['embedded', 'host-1'] })], {
  delegateType: 'EMBEDDED',
  delegateDescription: 'Runs inside the server',
  groupImplicitSelectors: { embedded: 'DELEGATE_NAME', 'host-1': 'HOST_NAME' },
});

function storedSecret({ name, identifier }: SecretRequest): SecretResponse {
  const spec = { secretManagerIdentifier: 'harnessSecretManager', valueType: 'Inline', value: null } as const;
  const scope = { orgIdentifier: null, projectIdentifier: null };
  const secret = { type: 'SecretText', name, identifier, ...scope, tags: {}, description: '', spec } as const;
  const proof = { state: 'pending', provenAt: null, failedAt: null, finding: null } as const;
  return {
    secret,
    createdAt: 1,
    updatedAt: 1,
    version: 1,
    byteLength: 8,
    proof,
    draft: false,
    governanceMetadata: null,
  };
}

function storedConnector(body: unknown): ConnectorResponse {
  const { connector } = z.object({ connector: z.unknown() }).parse(body);
  const { name, identifier, description, tags, spec } = connectorInputSchema.parse(connector);
  const { delegateSelectors = [], ...rest } = spec;
  const answer = { name, identifier, description, tags, spec: { ...rest, delegateSelectors } };
  return connectorResponse({ connector: answer as ConnectorResponse['connector'] });
}

/** The events of a test that ends with this result. */
export function eventsOf(result: TestResult): TestEvent[] {
  return [
    ...result.trace.flatMap((hop): TestEvent[] => [
      { type: 'hop-started', hop: hop.hop, startedAt: hop.startedAt },
      { type: 'hop-finished', result: hop },
    ]),
    { type: 'result', result },
  ];
}

/** A server that keeps what the wizard stores, with one delegate and three regions. */
export function startWizardServer() {
  useDraftStore.setState(useDraftStore.getInitialState());
  const server = startFakeServer();
  const secrets = new Map<string, SecretResponse>();
  const connectors = new Map<string, ConnectorResponse>();
  const save = (body: unknown): ConnectorResponse => {
    const stored = storedConnector(body);
    connectors.set(stored.connector.identifier, stored);
    return stored;
  };
  const saveSecret = (body: unknown): SecretResponse => {
    const { secret } = body as { secret: SecretRequest };
    secrets.set(secret.identifier, storedSecret(secret));
    return storedSecret(secret);
  };
  for (const identifier of ['key_id', 'key_secret']) {
    const spec = { valueType: 'Inline', value: null } as const;
    secrets.set(identifier, storedSecret({ name: identifier, identifier, type: 'SecretText', spec }));
  }
  server.answer('GET', '/api/settings', settingsSchema, { ...settings, simulator: false });
  server.answer('GET', '/api/awshelper/aws-regions', restResponseOf(z.array(regionSchema)), {
    metaData: {},
    responseMessages: [],
    resource: [
      { name: 'Europe (Ireland)', value: 'eu-west-1', partition: 'aws' },
      { name: 'US East (N. Virginia)', value: 'us-east-1', partition: 'aws' },
      { name: 'AWS GovCloud (US-West)', value: 'us-gov-west-1', partition: 'aws-us-gov' },
    ],
  });
  const delegates = (groups: DelegateGroup[]): void =>
    server.answer(
      'GET',
      '/api/setup/delegates/v2/up-the-hierarchy',
      restResponseOf(z.object({ delegateGroupDetails: z.array(delegateGroupSchema) })),
      { metaData: {}, responseMessages: [], resource: { delegateGroupDetails: groups } },
    );
  delegates([embedded]);
  server.data('GET', '/ng/api/connectors/:id', connectorResponseSchema, ({ params }) => {
    const stored = connectors.get(params.id ?? '');
    if (!stored) throw new Error(`The test has no connector ${params.id}.`);
    return stored;
  });
  server.data('GET', '/ng/api/connectors/validateUniqueIdentifier', z.boolean(), ({ query }) => {
    return !connectors.has(query.get('identifier') ?? '');
  });
  /** Takes new connectors, also after a test had them refused. */
  const resume = (): void =>
    server.data('POST', '/ng/api/connectors', connectorResponseSchema, ({ body }) => save(body));
  resume();
  server.data('PUT', '/ng/api/connectors', connectorResponseSchema, ({ body }) => save(body));
  server.data('GET', '/ng/api/v2/secrets/validateUniqueIdentifier/:id', z.boolean(), ({ params }) => {
    return !secrets.has(params.id ?? '');
  });
  server.data('GET', '/ng/api/v2/secrets/:id', secretResponseSchema, ({ params }) => {
    const stored = secrets.get(params.id ?? '');
    if (!stored) throw new Error(`The test has no secret ${params.id}.`);
    return stored;
  });
  server.data('POST', '/ng/api/v2/secrets', secretResponseSchema, ({ body }) => saveSecret(body));
  server.data('PUT', '/ng/api/v2/secrets/:id', secretResponseSchema, ({ body }) => saveSecret(body));
  server.data('POST', '/ng/api/v2/secrets/list', pageOf(secretResponseSchema), () => pageWith([...secrets.values()]));
  const test = (result: TestResult): void => {
    server.stream('POST', '/ng/api/connectors/testConnection/:id', testEventSchema, eventsOf(result));
    server.stream('POST', '/api/connectors/test', testEventSchema, eventsOf(result));
  };
  test(passedTest());
  const sent = (method: string, path: string): ConnectorRequest => {
    const seen = server.requests.findLast((request) => request.method === method && request.path === path);
    if (!seen) throw new Error(`No ${method} ${path} was sent.`);
    return (seen.body as { connector: ConnectorRequest }).connector;
  };
  return {
    ...server,
    delegates,
    resume,
    embedded,
    test,
    /** The connector of the last such request. */
    sent,
    addConnector: (stored: ConnectorResponse): void => {
      connectors.set(stored.connector.identifier, stored);
    },
  };
}

/** The step that is on screen. */
export function stepHeading(name: string): Promise<HTMLElement> {
  return screen.findByRole('heading', { level: 2, name });
}
