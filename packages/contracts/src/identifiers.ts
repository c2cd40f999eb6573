import { z } from 'zod';
import { storableText } from './text.ts';

/**
 * Words that no identifier may be, because expressions give them another meaning.
 * Source: the ecosystem's EntityIdentifierValidator and its identifier reference page.
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'or and eq ne lt gt le ge div mod not null true false new var return step parallel stepGroup ' +
    'org account class shellScriptProvisioner status liteEngineTask'
  ).split(' '),
);

/** The longest identifier, in characters. */
export const IDENTIFIER_MAX_LENGTH = 128;
const NAME_MAX_LENGTH = 128;

/** An identifier: starts with a letter or `_`, continues with letters, digits, `_` or `$`, at most 128 characters. */
export const identifierSchema = z
  .string()
  .min(1, 'Enter an ID.')
  .max(IDENTIFIER_MAX_LENGTH, `An ID has at most ${IDENTIFIER_MAX_LENGTH} characters.`)
  .regex(/^[a-zA-Z_]/, 'An ID starts with a letter or an underscore.')
  .regex(/^[a-zA-Z_][0-9a-zA-Z_$]*$/, 'An ID contains only letters, digits, _ and $.')
  .refine((value) => !RESERVED_WORDS.has(value), {
    error: (issue) => `“${String(issue.input)}” is a reserved word. Choose another ID.`,
  });

/** A display name: letters, digits, space and `- _ . /`, 1 to 128 characters, not only spaces. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(NAME_MAX_LENGTH, `A name has at most ${NAME_MAX_LENGTH} characters.`)
  .regex(/^[\p{L}\p{N}_./ -]+$/u, 'A name contains only letters, digits, spaces and - _ . /');

/** What people write about an entity: any text that can be stored, at most 1024 characters, empty for none. */
export const descriptionSchema = storableText.max(1024, 'A description has at most 1024 characters.');

/**
 * The identifier that a name suggests: other characters become `_`, and a first character that may not
 * start an identifier is prefixed. Empty for a name with nothing usable in it.
 */
export function deriveIdentifier(name: string): string {
  const body = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .trim()
    .replace(/[^0-9a-zA-Z_$]+/g, '_')
    .replace(/_+$/g, '');
  const started = body === '' || /^[a-zA-Z_]/.test(body) ? body : `_${body}`;
  const cut = started.slice(0, IDENTIFIER_MAX_LENGTH);
  return RESERVED_WORDS.has(cut) ? `${cut}_` : cut;
}

/** Tags as the wire carries them: key to value, `""` for a tag without a value, 128 at most. */
export const tagsSchema = z
  .record(
    storableText.min(1, 'A tag needs a key.').max(128, 'The key of a tag has at most 128 characters.'),
    storableText.max(255, 'The value of a tag has at most 255 characters.'),
    // What is wrong with a key is one level down; the record itself would only say that a key is invalid.
    { error: (issue) => (issue.code === 'invalid_key' ? issue.issues[0]?.message : undefined) },
  )
  .refine((tags) => Object.keys(tags).length <= 128, 'At most 128 tags.');
export type Tags = z.infer<typeof tagsSchema>;
