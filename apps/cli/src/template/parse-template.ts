import { referenceSchema } from '@wardline/contracts';
import { usageError } from '../exit-code.ts';

/** How a value is written where it is put. */
const FORMS = {
  json: (value: string) => JSON.stringify(value),
  base64: (value: string) => Buffer.from(value).toString('base64'),
  url: (value: string) => encodeURIComponent(value),
} as const;
type Form = keyof typeof FORMS;

/** Text as it is, or the place of a value. */
export type Piece = { readonly text: string } | { readonly reference: string; readonly form: Form | undefined };

/** Where a place begins: what is like it and none is an error, so that a slip of the pen is not left in the result. */
const BEGINNING = /\{\{\s*secret\b|<\+secrets\.getValue\(/g;
const PLACE = /\{\{\s*secret\s+(?:"([^"]*)"|'([^']*)')\s*(?:\|\s*(\w+)\s*)?\}\}/y;
const EXPRESSION = /<\+secrets\.getValue\((?:"([^"]*)"|'([^']*)')\)>/y;

/**
 * Cuts a template at the places of values: `{{ secret "account.id" }}`, with `| json`, `| base64` or `| url` behind the
 * reference where that is wanted, and the ecosystem's `<+secrets.getValue("account.id")>`. All other text stays, also the
 * `{{ … }}` of other templates.
 * @param name what the text is called in errors.
 * @throws CommandError that names every place that cannot be read, with its line.
 */
export function parseTemplate(text: string, name: string): Piece[] {
  const pieces: Piece[] = [];
  const problems: string[] = [];
  let done = 0;
  for (const { index } of text.matchAll(BEGINNING)) {
    const place = readPlace(text, index);
    if (typeof place === 'string') {
      problems.push(`\n  line ${text.slice(0, index).split('\n').length}: ${place}`);
    } else if (index >= done) {
      pieces.push({ text: text.slice(done, index) }, place);
      done = place.end;
    }
  }
  if (problems.length > 0) throw usageError(`${name} cannot be read:${problems.join('')}`);
  return [...pieces, { text: text.slice(done) }];
}

/** The place that begins at an index, or what is wrong with it. */
function readPlace(text: string, index: number): { reference: string; form: Form | undefined; end: number } | string {
  const syntax = text.startsWith('{{', index) ? PLACE : EXPRESSION;
  syntax.lastIndex = index;
  const match = syntax.exec(text);
  if (!match) {
    const written = syntax === PLACE ? '{{ secret "account.ID" }}' : '<+secrets.getValue("account.ID")>';
    return `A place for a value is written ${written}.`;
  }
  const [whole, inDouble, inSingle, form] = match;
  const reference = (inDouble ?? inSingle ?? '').trim();
  if (!referenceSchema.safeParse(reference).success) {
    return `“${reference}” is no reference. Write account.ID, org.ID, or ID.`;
  }
  if (form !== undefined && !isForm(form))
    return `“${form}” is no form of a value. There are ${Object.keys(FORMS).join(', ')}.`;
  return { reference, form, end: index + whole.length };
}

const isForm = (text: string): text is Form => Object.hasOwn(FORMS, text);

/** The references of a template. */
export function referencesOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => ('reference' in piece ? [piece.reference] : []));
}

/** The template with its values; each reference must have one. */
export function fillTemplate(
  pieces: readonly Piece[],
  values: ReadonlyMap<string, { readonly value: string }>,
): string {
  const filled = pieces.map((piece) => {
    if ('text' in piece) return piece.text;
    const found = values.get(piece.reference);
    if (!found) throw new Error(`There is no value for ${piece.reference}.`);
    return piece.form ? FORMS[piece.form](found.value) : found.value;
  });
  return filled.join('');
}
