import type { SecretVersion } from '@wardline/contracts';
import type { Actor } from '../access/principal.ts';

/** Who made a version, as it is kept with it. */
export function madeBy({ principal: { type, identifier, name } }: Actor): SecretVersion['createdBy'] {
  return { type, identifier, name };
}
