import {
  type ApiError,
  BUILT_IN_ROLES,
  type Connectivity,
  type ConnectorOutput,
  type ConnectorResponse,
  type ErrorCode,
  HOPS,
  type HopResult,
  type Page,
  type Permission,
  type Settings,
  type TestResult,
  type WhoAmI,
} from '@wardline/contracts';

export const settings: Settings = {
  version: '0.1.0',
  accountIdentifier: 'default',
  publicUrl: 'http://127.0.0.1:8080',
  simulator: true,
  oidc: { issuer: 'http://127.0.0.1:8080/oidc', audience: 'sts.amazonaws.com', subject: 'account/default' },
};

/** Someone who may do everything. */
export const administrator: WhoAmI = signedInWith(BUILT_IN_ROLES._account_admin.permissions);

/** Ada, with these rights at the account level. */
export function signedInWith(permissions: readonly Permission[]): WhoAmI {
  return {
    principal: { type: 'USER', id: 'u1', identifier: 'ada@example.com', name: 'Ada Lovelace' },
    authentication: 'session',
    grants: [{ orgIdentifier: null, projectIdentifier: null, permissions: [...permissions] }],
  };
}

/** The server's refusal of a call without a session. */
export const signedOut: ApiError = refusal('INVALID_TOKEN', 'This request has no identity.');

/** A refusal in the shape of responses and messages. */
export function refusal(code: ErrorCode, message: string): Extract<ApiError, { status: 'ERROR' }> {
  return {
    status: 'ERROR',
    code,
    message,
    correlationId: 'c-1',
    detailedMessage: null,
    responseMessages: [{ code, level: 'ERROR', message, exception: null, failureTypes: [] }],
    metadata: null,
  };
}

const untested: Connectivity = {
  status: 'PENDING',
  errorSummary: null,
  errors: null,
  testedAt: 0,
  lastTestedAt: 0,
  lastConnectedAt: 0,
  lastAlertSent: null,
};

interface ConnectorChanges {
  readonly connector?: Partial<ConnectorOutput>;
  readonly spec?: Partial<ConnectorOutput['spec']>;
  readonly status?: Partial<Connectivity>;
}

/** A connector as the server answers it: access key, not tested yet, updated two hours ago. */
export function connectorResponse({ connector, spec, status }: ConnectorChanges = {}): ConnectorResponse {
  return {
    connector: {
      name: 'Payments',
      identifier: 'payments',
      description: '',
      accountIdentifier: 'default',
      orgIdentifier: null,
      projectIdentifier: null,
      tags: {},
      type: 'AwsKms',
      spec: {
        credential: {
          type: 'ManualConfig',
          spec: { accessKey: 'account.key_id', secretKey: 'account.key_secret', delegateSelectors: null },
        },
        kmsArnInPlainText: 'arn:aws:kms:eu-west-1:111122223333:key/6f5ca1c1-0000-4000-8000-0000000089ab',
        region: 'eu-west-1',
        delegateSelectors: [],
        executeOnDelegate: true,
        default: false,
        ...spec,
      },
      ...connector,
    },
    createdAt: Date.now() - 86_400_000,
    lastModifiedAt: Date.now() - 7_300_000,
    status: { ...untested, ...status },
    activityDetails: { lastActivityTime: 0 },
    harnessManaged: false,
    gitDetails: {
      objectId: null,
      branch: null,
      repoIdentifier: null,
      rootFolder: null,
      filePath: null,
      repoName: null,
      commitId: null,
      fileUrl: null,
      repoUrl: null,
      parentEntityConnectorRef: null,
      parentEntityRepoName: null,
      isHarnessCodeRepo: null,
    },
    entityValidityDetails: { valid: true, invalidYaml: null },
    governanceMetadata: null,
    isFavorite: null,
    disabled: false,
  };
}

/** One page of a list; `pageToken` where there is a next one. */
export function pageWith<T>(content: T[], rest: Partial<Page<T>> = {}): Page<T> {
  return {
    totalPages: 1,
    totalItems: content.length,
    pageItemCount: content.length,
    pageSize: 20,
    pageIndex: 0,
    content,
    empty: content.length === 0,
    pageToken: null,
    ...rest,
  };
}

function passedHop(hop: HopResult['hop']): HopResult {
  return {
    hop,
    status: 'pass',
    where: { kind: 'delegate', name: 'embedded', hostName: 'host-1' },
    startedAt: new Date().toISOString(),
    durationMs: 12,
    facts: [],
  };
}

/** A test in which every hop passed, a minute ago. */
export function passedTest(changes: Partial<TestResult> = {}): TestResult {
  return {
    status: 'SUCCESS',
    errors: null,
    errorSummary: null,
    testedAt: Date.now() - 60_000,
    delegateId: 'embedded',
    taskId: 'task-1',
    trace: HOPS.map(passedHop),
    finding: null,
    ...changes,
  };
}
