import { z } from 'zod';

/** Text of any kind. U+0000 is refused because PostgreSQL cannot store it (https://www.postgresql.org/docs/current/datatype-character.html). */
export const storableText = z
  .string()
  .refine((text) => !text.includes('\0'), 'The character U+0000 cannot be stored. Remove it.');
