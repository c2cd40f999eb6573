import type { AwsAnswer } from '@wardline/contracts';
import type { CallFailure } from '../clients/failure.ts';

/** Where the identity of a host can come from, in the order in which they are tried. */
export type HostSource = 'web-identity-file' | 'container' | 'instance-metadata';

/** What people call each source. */
export const SOURCE_LABELS = {
  'web-identity-file': 'Web identity token file',
  container: 'Container credentials endpoint',
  'instance-metadata': 'Instance metadata (IMDSv2)',
} as const satisfies Record<HostSource, string>;

/** The three requests of IMDSv2; a container endpoint has only the last. */
export type MetadataStep = 'token' | 'role' | 'document';

/** Why a source gave no credentials. */
export type HostProblem =
  | { readonly kind: 'unreachable'; readonly endpoint: string; readonly code: string }
  | { readonly kind: 'silent'; readonly endpoint: string; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly step: MetadataStep; readonly httpStatus: number }
  /** The token request got no answer and the metadata then demanded a token: the answer could not travel back. */
  | { readonly kind: 'hop-limit' }
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'expired'; readonly at: string }
  | { readonly kind: 'disabled'; readonly variable: string }
  | { readonly kind: 'unreadable-file'; readonly path: string; readonly code: string }
  | { readonly kind: 'aws'; readonly failure: CallFailure; readonly aws: AwsAnswer };

/** One line for the facts: what came of asking a source. */
export function describeProblem(problem: HostProblem): string {
  switch (problem.kind) {
    case 'unreachable':
      return `not reachable at ${problem.endpoint} (${problem.code})`;
    case 'silent':
      return `no answer from ${problem.endpoint} within ${problem.afterMs} ms`;
    case 'refused':
      return `the ${problem.step} request was answered with HTTP ${problem.httpStatus}`;
    case 'hop-limit':
      return 'the token request got no answer, and metadata was then refused with HTTP 401';
    case 'malformed':
      return problem.detail;
    case 'expired':
      return `gave credentials that expired at ${problem.at}`;
    case 'disabled':
      return `switched off by ${problem.variable}`;
    case 'unreadable-file':
      return `${problem.path} cannot be read (${problem.code})`;
    case 'aws':
      return 'the token was found, but STS did not exchange it';
  }
}
