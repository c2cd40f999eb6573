import { optionalText, scopeQuerySchema, storableText } from '@wardline/contracts';
import { z } from 'zod';

/** A yes or no in a query; absent and empty mean no. */
export const flagParameter = z
  .enum(['true', 'false', ''], { error: 'is true or false' })
  .optional()
  .transform((value) => value === 'true');

/** Free text to look for in name, ID, description and tags. */
export const searchParameter = optionalText
  .pipe(z.string().trim().max(256, 'A search has at most 256 characters.').optional())
  .describe('Text to look for in name, ID, description and tags, in any case.');

/** A parameter that may be given several times, or as one text separated by commas. */
export const listParameter = z
  .union([storableText, z.array(storableText)])
  .transform((value) =>
    [value]
      .flat()
      .flatMap((text) => text.split(','))
      .filter(Boolean),
  )
  .optional();

/** The entity that a path addresses. Not checked further: whatever is no ID is simply not found. */
export const identifierPath = z.object({ identifier: storableText });

/**
 * What a deletion takes beside the scope. `forceDelete`, which the Terraform provider can send, skips no check here:
 * what is in use is never deleted.
 */
export const deleteQuerySchema = scopeQuerySchema.extend({
  forceDelete: flagParameter.describe('Accepted, and skips no check: what is in use is not deleted.'),
});
