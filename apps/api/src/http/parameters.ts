import { optionalText } from '@wardline/contracts';
import { z } from 'zod';

/** A yes or no in a query; absent and empty mean no. */
export const flagParameter = z
  .enum(['true', 'false', ''], { error: 'is true or false' })
  .optional()
  .transform((value) => value === 'true');

/** Free text to look for in name, ID, description and tags. */
export const searchParameter = optionalText
  .pipe(
    z
      .string()
      .trim()
      .max(256, 'A search has at most 256 characters.')
      .refine((text) => !text.includes('\0'), 'The character U+0000 cannot be searched for.')
      .optional(),
  )
  .describe('Text to look for in name, ID, description and tags, in any case.');

/** A parameter that may be given several times, or as one text separated by commas. */
export const listParameter = z
  .union([z.string(), z.array(z.string())])
  .transform((value) =>
    [value]
      .flat()
      .flatMap((text) => text.split(','))
      .filter(Boolean),
  )
  .optional();

/** The entity that a path addresses. Not checked further: whatever is no ID is simply not found. */
export const identifierPath = z.object({ identifier: z.string() });
