import type { SecretProof, SecretResponse } from '@wardline/contracts';
import type { Secret, ValueFacts } from './secret.ts';

/** When a stored value counts as proven readable. */
export interface ProofPolicy {
  /** Days for which a proof holds, and after which a value without one is overdue. */
  readonly days: number;
  readonly now: Date;
}

/** The share of the policy's time after which a proof is due. */
export const DUE_SHARE = 0.75;

/** A secret as the API answers it; there is no way for the value to be in it. */
export function toSecretResponse(secret: Secret, policy: ProofPolicy): SecretResponse {
  return {
    secret: describeSecret(secret),
    createdAt: Date.parse(secret.createdAt),
    updatedAt: Date.parse(secret.updatedAt),
    version: secret.version,
    byteLength: secret.value.byteLength,
    proof: proofOf(secret.value, policy),
    draft: isDraft(secret),
    governanceMetadata: null,
  };
}

/** Whether a secret was described as YAML and has no value so far: a text that has one has at least a byte. */
function isDraft({ type, value }: Secret): boolean {
  return type === 'SecretText' && value.byteLength === 0;
}

/** What a secret was told to be. */
export function describeSecret({ place, type, secretManager, ...secret }: Secret): SecretResponse['secret'] {
  return {
    type,
    name: secret.name,
    identifier: secret.identifier,
    orgIdentifier: place.orgIdentifier ?? null,
    projectIdentifier: place.projectIdentifier ?? null,
    tags: secret.tags,
    description: secret.description,
    spec:
      type === 'SecretText'
        ? { type: 'SecretTextSpec', secretManagerIdentifier: secretManager, valueType: 'Inline', value: null }
        : { type: 'SecretFileSpec', secretManagerIdentifier: secretManager },
  };
}

/** How sure it is that a stored value can be read. */
export function proofOf(value: ValueFacts, { days, now }: ProofPolicy): SecretProof {
  const provenAt = value.provenAt === null ? null : Date.parse(value.provenAt);
  const failedAt = value.proofFailedAt === null ? null : Date.parse(value.proofFailedAt);
  const known = { provenAt, failedAt, finding: value.proofFailure };
  if (failedAt !== null && failedAt >= (provenAt ?? 0)) return { state: 'failed', ...known };
  const age = (now.getTime() - (provenAt ?? Date.parse(value.encryptedAt))) / (days * 86_400_000);
  if (age > 1) return { state: 'overdue', ...known };
  // An alert in time: what proves values has failed to come around to this one for most of the time that it has.
  if (age > DUE_SHARE) return { state: 'due', ...known };
  return { state: provenAt === null ? 'pending' : 'proven', ...known };
}
