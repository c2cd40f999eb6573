import type { SecretLine } from '../export-file/export-reader.ts';
import { referenceTo } from '../server/address.ts';

/** A secret of an export as `--json` and the index of a folder have it. */
export function describeLine(secret: SecretLine) {
  const { type, identifier, orgIdentifier, projectIdentifier, name, description, tags, version, byteLength } = secret;
  return {
    reference: referenceTo(secret),
    type: type === 'SecretFile' ? ('file' as const) : ('text' as const),
    identifier,
    org: orgIdentifier,
    project: projectIdentifier,
    name,
    description,
    tags,
    manager: secret.secretManagerIdentifier,
    wrappedBy: secret.wrappedBy,
    version,
    bytes: byteLength,
  };
}
