import type { AwsKmsSpec, Scope } from '@wardline/contracts';

/** What is tested: a stored connector, or a draft that nobody saved. */
export interface TestSubject {
  readonly scope: Scope;
  readonly identifier: string;
  readonly name: string;
  readonly spec: AwsKmsSpec;
}
