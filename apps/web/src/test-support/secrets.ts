import {
  type EntityUsage,
  entityUsageSchema,
  type Finding,
  pageOf,
  type Rewrap,
  type SecretManager,
  type SecretProof,
  type SecretResponse,
  type SecretVersion,
  secretManagersResponseSchema,
  secretResponseSchema,
  secretVersionSchema,
} from '@wardline/contracts';
import type { FakeServer } from './fake-server.ts';
import { pageWith } from './fixtures.ts';

const HOUR_MS = 3_600_000;

/** A value that was decrypted two hours ago. */
const proven: SecretProof = {
  state: 'proven',
  provenAt: Date.now() - 2 * HOUR_MS,
  failedAt: null,
  finding: null,
};

/** A cause with one fix. */
export const disabledKey: Finding = {
  code: 'kms-key-disabled',
  title: 'The key is disabled',
  explanation: 'AWS KMS refuses to use a key that is disabled.',
  fixes: [{ kind: 'command', title: 'Enable the key', body: 'aws kms enable-key --key-id 1234' }],
};

interface SecretChanges extends Partial<Omit<SecretResponse, 'secret'>> {
  readonly secret?: Partial<SecretResponse['secret']>;
}

/** A text secret as the server answers it: in the built-in manager, proven, at its second version. */
export function secretResponse({ secret, ...rest }: SecretChanges = {}): SecretResponse {
  return {
    secret: {
      type: 'SecretText',
      name: 'Database password',
      identifier: 'db_password',
      orgIdentifier: null,
      projectIdentifier: null,
      tags: {},
      description: '',
      spec: { type: 'SecretTextSpec', secretManagerIdentifier: 'account.kms', valueType: 'Inline', value: null },
      ...secret,
    },
    createdAt: Date.now() - 48 * HOUR_MS,
    updatedAt: Date.now() - 3 * HOUR_MS - 60_000,
    version: 2,
    byteLength: 24,
    proof: proven,
    draft: false,
    governanceMetadata: null,
    ...rest,
  };
}

/** The built-in manager, and one under an AWS KMS key that is the default. */
export const builtIn: SecretManager = {
  reference: 'harnessSecretManager',
  identifier: 'harnessSecretManager',
  name: 'Built-in Secret Manager',
  kind: 'built-in',
  orgIdentifier: null,
  projectIdentifier: null,
  isDefault: false,
  disabled: false,
  status: 'SUCCESS',
  secrets: 3,
  due: 0,
  overdue: 0,
  failed: 0,
  provenSince: null,
};
export const kms: SecretManager = {
  ...builtIn,
  reference: 'kms',
  identifier: 'kms',
  name: 'Production key',
  kind: 'AwsKms',
  isDefault: true,
  secrets: 12,
  provenSince: Date.now() - 5 * HOUR_MS,
};

/** The first or a later version of a secret. */
export function secretVersion(version: number, rest: Partial<Omit<SecretVersion, 'valueOf'>> = {}): SecretVersion {
  return {
    version,
    current: false,
    name: 'Database password',
    description: '',
    tags: {},
    valueOf: version,
    byteLength: 24,
    origin: version === 1 ? { kind: 'created' } : { kind: 'changed' },
    createdAt: Date.now() - 24 * HOUR_MS,
    createdBy: { type: 'USER', identifier: 'ada@example.com', name: 'Ada Lovelace' },
    encryptedAt: Date.now() - 24 * HOUR_MS,
    keyArn: null,
    proof: proven,
    ...rest,
  };
}

/** Something of the account uses something of the account. */
export function usageBy(
  type: 'Connectors' | 'Secrets',
  identifier: string,
  name: string,
  rest: Partial<EntityUsage['referredByEntity']['entityRef']> = {},
): EntityUsage {
  const entityRef = {
    scope: 'account',
    accountIdentifier: 'default',
    orgIdentifier: null,
    projectIdentifier: null,
    identifier,
    ...rest,
  } as const;
  const used = type === 'Secrets' ? 'Connectors' : 'Secrets';
  return {
    accountIdentifier: 'default',
    referredEntity: { type: used, name: 'used', entityRef: { ...entityRef, identifier: 'used' } },
    referredByEntity: { type, name, entityRef },
    createdAt: 1,
  };
}

/** A rewrap that runs: half done. */
export function rewrapOf(rest: Partial<Rewrap> = {}): Rewrap {
  return {
    id: 'r1',
    state: 'running',
    cause: 'requested',
    from: { reference: builtIn.reference, name: builtIn.name },
    to: { reference: kms.reference, name: kms.name },
    total: 10,
    rewrapped: 4,
    unchanged: 1,
    failed: 0,
    failures: [],
    startedAt: Date.now() - 60_000,
    updatedAt: Date.now(),
    finishedAt: null,
    startedBy: { type: 'USER', identifier: 'ada@example.com', name: 'Ada Lovelace' },
    ...rest,
  };
}

/** Answers what the screens of secrets ask for; a later answer of a test wins. */
export function answerSecrets(server: FakeServer, secrets: readonly SecretResponse[] = [secretResponse()]): void {
  const managers = { managers: [builtIn, kms], proofDays: 7 };
  server.answer('GET', '/api/secrets/managers', secretManagersResponseSchema, managers);
  server.data('POST', '/ng/api/v2/secrets/list', pageOf(secretResponseSchema), () => pageWith([...secrets]));
  server.data('GET', '/ng/api/v2/secrets/:id', secretResponseSchema, ({ params }) => {
    const found = secrets.find(({ secret }) => secret.identifier === params.id);
    if (!found) throw new Error(`The test has no secret ${params.id}.`);
    return found;
  });
  const versions = [{ ...secretVersion(2), current: true }, secretVersion(1)];
  server.data('GET', '/api/secrets/:id/versions', pageOf(secretVersionSchema), pageWith(versions));
  server.data('GET', '/ng/api/entitySetupUsage', pageOf(entityUsageSchema), pageWith<EntityUsage>([]));
}
