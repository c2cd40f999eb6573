import type { HopId, Runner, TaskCredential } from '@wardline/contracts';
import type { CallFailure } from '../clients/failure.ts';
import type { HostProblem, HostSource } from '../host/host-problem.ts';
import type { TokenClaims } from '../host/token-claims.ts';

/** Something that is wrong with the settings themselves, seen without a network. `field` is the wizard's label. */
export type SettingProblem =
  | { readonly problem: 'stray-whitespace'; readonly field: string }
  | { readonly problem: 'access-key-missing'; readonly field: string }
  | { readonly problem: 'access-key-id-malformed'; readonly swapped: boolean }
  | { readonly problem: 'key-arn-malformed' }
  | { readonly problem: 'region-malformed' }
  | { readonly problem: 'region-mismatch'; readonly arnRegion: string }
  | {
      readonly problem: 'partition-mismatch';
      readonly field: string;
      readonly found: string;
      readonly expected: string;
    }
  | { readonly problem: 'role-arn-malformed' }
  | { readonly problem: 'external-id-malformed' }
  | { readonly problem: 'duration-out-of-range' }
  | { readonly problem: 'duration-role-chaining' };

/** What DescribeKey says about a key that cannot be used, before a cryptographic call was tried. */
export type KeyProblem =
  | { readonly problem: 'state'; readonly state: string; readonly deletionDate?: Date | undefined }
  | { readonly problem: 'usage'; readonly usage: string }
  | { readonly problem: 'spec'; readonly spec: string }
  | { readonly problem: 'other-key'; readonly found: string };

type ProofProblem = 'plaintext-differs' | 'context-not-bound' | 'context-refused-by-policy';

/** Why a hop did not pass. */
export type Failure =
  | CallFailure
  | ({ readonly kind: 'setting' } & SettingProblem)
  | { readonly kind: 'host'; readonly source: HostSource; readonly problem: Exclude<HostProblem, { kind: 'aws' }> }
  | ({ readonly kind: 'key' } & KeyProblem)
  | { readonly kind: 'proof'; readonly problem: ProofProblem }
  | { readonly kind: 'clock' }
  | { readonly kind: 'defect'; readonly detail: string };

/** What is known about the connection when a hop fails: everything that a fix needs to be filled in. No secrets. */
export interface Subject {
  readonly runner: Runner;
  readonly region: string;
  readonly partition: string;
  /** The key as configured, or its own ARN once AWS has named it (an alias stays an alias until then). */
  readonly keyArn: string;
  readonly credential: PublicCredential;
  /** Who the calls are made as, once AWS has said so: a user, or a session of a role. */
  readonly callerArn?: string | undefined;
  /** Access key id of static credentials; an identifier, not a secret. */
  readonly accessKeyId?: string | undefined;
  /** The role and the claims of a token file on the host (IRSA), once it was read; claims where it is a token at all. */
  readonly mounted?: { readonly roleArn: string; readonly claims: TokenClaims | undefined } | undefined;
  readonly skewMs?: number | undefined;
  /** The proxy variable that is set in the runner's environment, and whether the runner goes by it: the SDK does not. */
  readonly proxy?: { readonly variable: string; readonly isUsed: boolean } | undefined;
  /** Endpoints that are configured in place of AWS's own. */
  readonly endpoints: { readonly kms?: string | undefined; readonly sts?: string | undefined };
}

/** A credential without what opens anything. */
export type PublicCredential =
  | { readonly type: 'ManualConfig' }
  | { readonly type: 'AssumeIAMRole' }
  | Extract<TaskCredential, { type: 'AssumeSTSRole' }>
  | Omit<Extract<TaskCredential, { type: 'OidcAuthentication' }>, 'webIdentityToken'>;

/** A hop that did not pass, why, and what is known about the connection by then. */
export interface Evidence<F extends Failure = Failure> {
  readonly hop: HopId;
  readonly failure: F;
  readonly subject: Subject;
}
