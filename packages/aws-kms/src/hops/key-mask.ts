import { parseKmsArn } from '@wardline/contracts';
import { PLACEHOLDERS } from '../policies/index.ts';

/** A punctuation mark as it stands in plain text, in JSON within JSON (`\/`, `\u002f`), in a URL (`%2F`, `%252F`) or in HTML. */
function mark(character: string): string {
  const code = character.charCodeAt(0);
  const hex = code.toString(16);
  // Bounded repetition, so that no text takes long.
  return `(?:\\\\{0,8}\\${character}|%(?:25){0,4}${hex}|\\\\{1,8}u00${hex}|&#(?:0{0,4}${code}|x0{0,4}${hex});)`;
}

const [COLON, SLASH, HYPHEN] = [mark(':'), mark('/'), mark('-')];
const NAME = `(?:[a-z0-9]|${HYPHEN})+`;
const ID = `(?:\\w|${HYPHEN}|${SLASH})+`;
const HEX = '[0-9a-f]';
const UUID = `${HEX}{8}(?:${HYPHEN}${HEX}{4}){3}${HYPHEN}${HEX}{12}`;
const MULTI_REGION_ID = `mrk${HYPHEN}${HEX}{32}`;

const ARN = new RegExp(
  `(arn${COLON}${NAME}${COLON}kms${COLON}${NAME}${COLON}\\d{12}${COLON}(?:key|alias)${SLASH})(${ID})`,
  'gi',
);
/** What an unknown key ID follows where it is named as one: `key/…`, `Key '…'`, `"KeyId":"…"`, `--key-id …`. */
const KEY_WORD = `(?<!\\w|\\w-)(?:key(?:[ _-]?id)?|cmk)(?:[^a-z0-9]|%${HEX}{2}|\\\\{1,8}u00${HEX}{2}){1,6}`;
const NAMED_KEY_ID = new RegExp(`(${KEY_WORD})(?:${UUID})`, 'gi');
const ANY_MULTI_REGION_ID = new RegExp(MULTI_REGION_ID, 'gi');
const UNMISTAKABLE_ID = new RegExp(`${UUID}|${MULTI_REGION_ID}`, 'gi');

/** Stands for the name of an alias, which is not the ID of a key. */
const ALIAS_NAME = 'ALIAS_NAME';

/**
 * Takes a key ARN that is kept as a secret out of texts: every ARN of a KMS key or alias, the IDs of keys that were seen
 * in one, and the names of their aliases in the form `alias/NAME`. Never a word by itself: aliases are called `kms` or
 * `pass`. Key IDs are UUIDs or begin with mrk-
 * (https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-id).
 */
export class KeyMask {
  readonly #secret: string;
  readonly #rules = new Map<string, { readonly pattern: RegExp; readonly placeholder: string }>();

  /** @param secret the ARN as it was entered, which may be malformed. */
  constructor(secret: string) {
    this.#secret = secret.trim();
    for (const [id] of secret.matchAll(UNMISTAKABLE_ID)) this.#note('key/', id);
    this.hidden(this.#secret);
  }

  /** The text without them. What it names is remembered, so that later texts may name it in another way. */
  readonly hidden = (text: string): string => {
    for (const [, prefix = '', id = ''] of text.matchAll(ARN)) this.#note(plain(prefix), plain(id));
    let clean = text.replace(ARN, (_, prefix: string, id: string) => this.#arnOr(prefix, plain(id)));
    for (const { pattern, placeholder } of this.#rules.values()) clean = clean.replace(pattern, placeholder);
    return clean.replace(ANY_MULTI_REGION_ID, PLACEHOLDERS.keyId).replace(NAMED_KEY_ID, `$1${PLACEHOLDERS.keyId}`);
  };

  #note(prefix: string, id: string): void {
    const ids = id.match(UNMISTAKABLE_ID);
    if (/alias\/$/i.test(prefix)) this.#hide(id, ALIAS_NAME, `(?<=alias${SLASH})`);
    else if (!ids) this.#hide(id, PLACEHOLDERS.keyId, `(?<=key${SLASH})`);
    else for (const text of ids) this.#hide(text, PLACEHOLDERS.keyId);
  }

  /** @param after where the text may be a word too: what it has to follow, and then it is hidden as a whole only. */
  #hide(text: string, placeholder: string, after?: string): void {
    const pattern = after ? `${after}${spelled(text)}(?!\\w|${HYPHEN}|${SLASH})` : spelled(text);
    this.#rules.set(pattern, { pattern: new RegExp(pattern, 'gi'), placeholder });
  }

  /** Where it is another key than the configured one, that shows: in which region or account, or that it is another. */
  #arnOr(prefix: string, id: string): string {
    const [own, arn] = [parseKmsArn(this.#secret), parseKmsArn(plain(prefix) + id)];
    if (!own || !arn) return 'KEY_ARN';
    if (own.region !== arn.region || own.account !== arn.account || own.partition !== arn.partition) {
      return prefix + (arn.kind === 'alias' ? ALIAS_NAME : PLACEHOLDERS.keyId);
    }
    const other = own.kind === 'key' && arn.kind === 'key' && own.id.toLowerCase() !== arn.id.toLowerCase();
    return other ? 'OTHER_KEY_ARN' : 'KEY_ARN';
  }
}

/** The marks of a text as they stand in plain text. */
const plain = (text: string): string =>
  text
    .replace(new RegExp(COLON, 'gi'), ':')
    .replace(new RegExp(SLASH, 'gi'), '/')
    .replace(new RegExp(HYPHEN, 'gi'), '-');

/** A pattern for a text, however its marks are spelled. */
const spelled = (text: string): string => text.replace(/[^a-z0-9\s]/gi, mark);
