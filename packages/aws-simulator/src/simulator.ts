import type { SimulatorSeed } from '@wardline/contracts';
import type { Administration } from './control/administration.ts';
import type { FaultControl } from './faults/fault-control.ts';
import type { RequestCounts } from './http/request-counts.ts';

/** How a simulator differs from a fresh one in memory. */
export interface SimulatorOptions {
  /**
   * Where state is kept (JSON, mode 0600, replaced in one step); absent: memory only. Keys, users, roles and policies survive
   * a restart, so what was encrypted can still be decrypted.
   */
  readonly statePath?: string;
  /**
   * An issuer to register as OIDC provider for the audience `sts.amazonaws.com`, trusted by the role `wardline-oidc`; both
   * follow when it changes. Its discovery document is fetched when a token comes, not before.
   */
  readonly oidcIssuer?: string;
  /** The subject that `wardline-oidc` trusts; `default` unless given. */
  readonly oidcSubject?: string;
  /** The one region that it serves; `local-1` unless given. */
  readonly region?: string;
  /** The clock of every service; the machine's unless given. */
  readonly now?: () => Date;
}

/** A running AWS in miniature. Everything listens on 127.0.0.1 only. */
export interface Simulator {
  readonly region: string;
  readonly accountId: string;
  /** `http://127.0.0.1:<port>` each. */
  readonly endpoints: { readonly kms: string; readonly sts: string; readonly imds: string };
  /** For `AWS_CONTAINER_CREDENTIALS_FULL_URI` and `AWS_CONTAINER_AUTHORIZATION_TOKEN`. */
  readonly containerCredentials: { readonly uri: string; readonly authorizationToken: string };
  /** `POST` a command, `GET` the seed, the faults and the counts of requests; the path is a secret. */
  readonly controlUrl: string;
  /** Keys, users and roles as they are now. */
  readonly seed: SimulatorSeed;
  readonly faults: FaultControl;
  /** How often each operation was asked for. */
  readonly requests: RequestCounts;
  readonly admin: Administration;
  /** Cuts every connection, also those that a fault keeps hanging. */
  close(): Promise<void>;
}
