import { z } from 'zod';

/** The header with which a change says what it was made from. */
export const secretIfMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .describe('`updatedAt` of the secret as it was read; refused when it was changed since.'),
});
