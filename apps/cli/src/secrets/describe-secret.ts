import type { SecretResponse } from '@wardline/contracts';
import { referenceTo } from '../server/address.ts';
import { isoTime } from '../terminal/iso-time.ts';

/** A secret as `--json` has it, without its value. Times are ISO 8601 in UTC. */
export function describeSecret({ secret, version, byteLength, proof, createdAt, updatedAt }: SecretResponse) {
  const { type, identifier, orgIdentifier, projectIdentifier, name, description, tags, spec } = secret;
  return {
    reference: referenceTo(secret),
    type: type === 'SecretFile' ? ('file' as const) : ('text' as const),
    identifier,
    org: orgIdentifier,
    project: projectIdentifier,
    name,
    description,
    tags,
    manager: spec.secretManagerIdentifier,
    version: version ?? null,
    bytes: byteLength ?? null,
    proof: proof ? { state: proof.state, provenAt: isoTime(proof.provenAt) } : null,
    createdAt: isoTime(createdAt),
    updatedAt: isoTime(updatedAt),
  };
}
