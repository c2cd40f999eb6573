import type { Credential, Finding, Scope, Task, TaskCredential } from '@wardline/contracts';
import { STS_DURATION } from '@wardline/contracts';
import type { MasterKey } from '@wardline/envelope';
import type { Config } from '../config.ts';
import { oidcIssuer } from '../oidc/issuer.ts';
import { mintToken } from '../oidc/mint-token.ts';
import type { SigningKeys } from '../oidc/signing-keys.ts';
import { secretFields } from '../secrets/check-credential-secrets.ts';
import { readSecretValues } from '../secrets/read-secret-values.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';
import type { TestSubject } from './test-subject.ts';
import { unreadableSecret } from './unreadable-secret.ts';

/** The longest that one test may take, in milliseconds; the documented limit of a synchronous task. */
const DEADLINE_MS = 60_000;

export interface TaskSources {
  readonly config: Config;
  readonly storage: Storage;
  readonly masterKey: MasterKey;
  readonly signingKeys: SigningKeys;
  readonly now: () => Date;
}

export type BuiltTask =
  | { readonly kind: 'ready'; readonly task: Task }
  | { readonly kind: 'unreadable'; readonly finding: Finding };

type PlaintextOf = (reference: string) => string;

/** Resolves every reference of a connector into a task that needs nothing more. The task holds plaintext. */
export async function buildTask(id: string, subject: TestSubject, sources: TaskSources): Promise<BuiltTask> {
  const { scope, spec, identifier } = subject;
  try {
    const values = await readSecretValues(sources, { place: scope, identifier }, secretFields(spec));
    const plaintextOf: PlaintextOf = (reference) => {
      const value = values.get(reference);
      if (value === undefined) throw new Error(`The reference “${reference}” was not read with the others.`);
      return value;
    };
    const keyArn = spec.kmsArn ? plaintextOf(spec.kmsArn) : (spec.kmsArnInPlainText ?? '');
    const credential = await resolveCredential(spec.credential, subject, plaintextOf, sources);
    const connection = { keyArn, keyArnIsSecret: spec.kmsArn !== undefined, region: spec.region, credential };
    const encryptionContext = testContext(scope, identifier);
    return {
      kind: 'ready',
      task: { kind: 'test-connection', id, deadlineMs: DEADLINE_MS, connection, encryptionContext },
    };
  } catch (error) {
    const finding = error instanceof WardlineError ? unreadableSecret(error) : undefined;
    if (finding) return { kind: 'unreadable', finding };
    throw error;
  }
}

/** What the test binds its data key to; visible in CloudTrail, so that an administrator recognizes it. */
function testContext({ accountIdentifier, orgIdentifier, projectIdentifier }: Scope, connector: string) {
  return {
    'wardline:purpose': 'connection-test',
    'wardline:account': accountIdentifier,
    ...(orgIdentifier && { 'wardline:org': orgIdentifier }),
    ...(projectIdentifier && { 'wardline:project': projectIdentifier }),
    'wardline:connector': connector,
  };
}

async function resolveCredential(
  credential: Credential,
  subject: TestSubject,
  plaintextOf: PlaintextOf,
  { config, signingKeys, now }: TaskSources,
): Promise<TaskCredential> {
  switch (credential.type) {
    case 'ManualConfig':
      return {
        type: 'ManualConfig',
        accessKeyId: plaintextOf(credential.spec.accessKey),
        secretAccessKey: plaintextOf(credential.spec.secretKey),
      };
    case 'AssumeIAMRole':
      return { type: 'AssumeIAMRole' };
    case 'AssumeSTSRole':
      return {
        type: 'AssumeSTSRole',
        roleArn: credential.spec.roleArn,
        ...(credential.spec.externalName && { externalId: credential.spec.externalName }),
        durationSeconds: credential.spec.assumeStsRoleDuration ?? STS_DURATION.default,
      };
    case 'OidcAuthentication': {
      const issuer = oidcIssuer(config);
      const { scope } = subject;
      const { token, claims } = await mintToken({ issuer, keys: signingKeys, now: now(), scope, connector: subject });
      return { type: 'OidcAuthentication', roleArn: credential.spec.iamRoleArn, webIdentityToken: token, claims };
    }
  }
}
