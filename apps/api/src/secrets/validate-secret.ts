import type { SecretValidation, SecretValidationRequest } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Deps } from '../app.ts';
import { type ProofOutcome, type ProveDeps, proveValues } from '../proofs/prove-values.ts';
import { secretResource } from './audited-secret.ts';
import type { Secret } from './secret.ts';
import type { SecretAddress } from './store.ts';

export type ValidateDeps = ProveDeps & Pick<Deps, 'now'>;

/**
 * Whether the stored value of a secret can be read: it is decrypted, with its key asked of KMS anew, and what comes of it
 * is noted as the background proofs note it. Nobody gets the value. In the ecosystem this signs in to a host with an
 * SSH key or WinRM credentials, and for a secret that there is not it answers a failure.
 */
export async function validateSecret(
  deps: ValidateDeps,
  { actor }: Pick<Caller, 'actor'>,
  address: SecretAddress,
  { type }: SecretValidationRequest,
): Promise<SecretValidation> {
  const { storage } = deps;
  const secret = await storage.secrets.find(address);
  if (!secret) return failure(`There is no secret with the ID “${address.identifier}” there.`);
  if (type && type !== secret.type)
    return failure(`The secret “${secret.identifier}” is a ${secret.type}, not a ${type}.`);
  if (secret.type === 'SecretText' && secret.value.byteLength === 0) {
    return failure(`The secret “${secret.identifier}” has no value yet. Enter its value.`);
  }
  const value = await storage.secretValues.find(secret.value.id);
  if (!value) return failure(`The secret “${secret.identifier}” was changed meanwhile. Try again.`);
  const [outcome] = await proveValues(deps, [{ value, secret, failedBefore: secret.value.proofFailedAt !== null }]);
  if (!outcome) throw new Error('A value was proven, and nothing came of it.');
  await note(deps, actor, secret, outcome);
  return validationOf(outcome);
}

const failure = (message: string): SecretValidation => ({ success: false, message });

async function note(
  { storage, now }: ValidateDeps,
  actor: Caller['actor'],
  secret: Secret,
  outcome: ProofOutcome,
): Promise<void> {
  const time = now().toISOString();
  const { value } = outcome.one;
  await storage.change(actor, async ({ proofs }) => {
    if (outcome.kind === 'passed') await proofs.notePassed([value], time);
    if (outcome.kind === 'failed') await proofs.noteFailed(value, outcome.finding, time);
    const passed = outcome.kind === 'passed';
    const details = { version: secret.version, ...(outcome.kind === 'failed' && { finding: outcome.finding.code }) };
    const audit = { action: 'PROVE', ...secretResource(secret), details } as const;
    return { result: undefined, audit: { ...audit, outcome: passed ? 'SUCCESS' : 'FAILURE' } };
  });
}

function validationOf(outcome: ProofOutcome): SecretValidation {
  switch (outcome.kind) {
    case 'passed':
      return { success: true, message: null };
    case 'failed':
      return failure(`${outcome.finding.title}. ${outcome.finding.explanation}`);
    case 'unknown':
      return failure(outcome.because.message);
  }
}
