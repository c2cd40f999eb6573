import type { AwsKmsSpec, Scope } from '@wardline/contracts';
import {
  type Credential,
  type Finding,
  type KmsConnection,
  STS_DURATION,
  type TaskCredential,
} from '@wardline/contracts';
import type { MasterKey } from '@wardline/envelope';
import type { Config } from '../config.ts';
import { oidcIssuer } from '../oidc/issuer.ts';
import { mintToken } from '../oidc/mint-token.ts';
import type { SigningKeys } from '../oidc/signing-keys.ts';
import { secretFields } from '../secrets/check-credential-secrets.ts';
import { type NewValue, readSecretValues } from '../secrets/read-secret-values.ts';
import type { Storage } from '../storage.ts';
import { WardlineError } from '../wardline-error.ts';
import { unreadableSecret } from './unreadable-secret.ts';

/** What a connection to KMS is made of: a stored connector, or settings that nobody saved. */
export interface ConnectionSubject {
  readonly scope: Scope;
  readonly identifier: string;
  readonly name: string;
  readonly spec: AwsKmsSpec;
  /** A value that one of its secrets is to get: the connection is made as if it had it. */
  readonly newValue?: NewValue | undefined;
}

/** Where the secrets and the identity of a connector come from. */
export interface ConnectionSources {
  readonly config: Config;
  readonly storage: Storage;
  readonly masterKey: MasterKey;
  readonly signingKeys: SigningKeys;
  readonly now: () => Date;
}

export type ResolvedConnection =
  | { readonly kind: 'ready'; readonly connection: KmsConnection }
  | { readonly kind: 'unreadable'; readonly finding: Finding };

type PlaintextOf = (reference: string) => string;

/**
 * Resolves every reference of a connector into a connection that needs nothing more. It holds plaintext: ask for it as
 * late as possible and let go of it with the task.
 */
export async function resolveConnection(
  subject: ConnectionSubject,
  sources: ConnectionSources,
): Promise<ResolvedConnection> {
  const { scope, spec, identifier, newValue } = subject;
  try {
    const owner = { place: scope, identifier };
    const values = await readSecretValues(sources, owner, secretFields(spec), newValue);
    const plaintextOf: PlaintextOf = (reference) => {
      const value = values.get(reference);
      if (value === undefined) throw new Error(`The reference “${reference}” was not read with the others.`);
      return value;
    };
    const keyArn = spec.kmsArn ? plaintextOf(spec.kmsArn) : (spec.kmsArnInPlainText ?? '');
    const credential = await resolveCredential(spec.credential, subject, plaintextOf, sources);
    const keyArnIsSecret = spec.kmsArn !== undefined;
    return { kind: 'ready', connection: { keyArn, keyArnIsSecret, region: spec.region, credential } };
  } catch (error) {
    const finding = error instanceof WardlineError ? unreadableSecret(error) : undefined;
    if (finding) return { kind: 'unreadable', finding };
    throw error;
  }
}

async function resolveCredential(
  credential: Credential,
  subject: ConnectionSubject,
  plaintextOf: PlaintextOf,
  { config, signingKeys, now }: ConnectionSources,
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
