import type { Agent } from 'node:http';
import type { Runner } from '@wardline/contracts';

/** Endpoints that replace the SDK's own for one region: the simulator's, VPC endpoints, FIPS endpoints. */
export interface RegionEndpoints {
  readonly kms?: string | undefined;
  readonly sts?: string | undefined;
  /** Base URL of an instance metadata service (IMDSv2), without a path. */
  readonly imds?: string | undefined;
  readonly containerCredentials?:
    | { readonly uri: string; readonly authorizationToken?: string | undefined }
    | undefined;
}

/** Milliseconds. The SDK has no deadlines of its own: a silent endpoint would hang for ever. */
export interface Deadlines {
  /** Until a TCP connection to KMS or STS stands. */
  readonly connectMs: number;
  /** Until KMS or STS has answered one call, connecting and TLS included. */
  readonly requestMs: number;
  /** Until the host's metadata or container endpoint has answered one request; the SDK's own value. */
  readonly hostMs: number;
}

/** What a task gets that names no deadlines. */
export const DEFAULT_DEADLINES: Deadlines = { connectMs: 3_000, requestMs: 10_000, hostMs: 1_000 };

/** What makes connections, by scheme. */
export interface Agents {
  readonly http: Agent;
  readonly https: Agent;
}

/** What the process that runs a task lends to it. */
export interface Ambient {
  readonly runner: Runner;
  /**
   * Endpoint overrides by region. Undefined leaves the SDK's own resolution, `AWS_ENDPOINT_URL*` included. A region
   * that names `imds` or `containerCredentials` looks for host credentials there and nowhere else.
   */
  readonly endpoints: (region: string) => RegionEndpoints | undefined;
  /** Where the identity of the host is looked for. Access keys in it are never used. */
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => Date;
  /** Make every connection to AWS, for instance through a proxy; the host's own metadata is always asked directly. */
  readonly agents?: Agents | undefined;
  /** Default {@link DEFAULT_DEADLINES}. */
  readonly deadlines?: Partial<Deadlines> | undefined;
}
