import type { SecretResponse } from '@wardline/contracts';
import type { Secret } from './secret.ts';

/** A secret as the API answers it; there is no way for the value to be in it. */
export function toSecretResponse({ place, ...secret }: Secret): SecretResponse {
  return {
    secret: {
      type: secret.type,
      name: secret.name,
      identifier: secret.identifier,
      orgIdentifier: place.orgIdentifier ?? null,
      projectIdentifier: place.projectIdentifier ?? null,
      tags: secret.tags,
      description: secret.description,
      spec: {
        type: 'SecretTextSpec',
        secretManagerIdentifier: secret.secretManager,
        valueType: 'Inline',
        value: null,
      },
    },
    createdAt: Date.parse(secret.createdAt),
    updatedAt: Date.parse(secret.updatedAt),
    draft: false,
    governanceMetadata: null,
  };
}
