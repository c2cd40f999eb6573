import { invalidFields } from '../plugins/errors.ts';

/** Whose password it is to be; nothing of that may make it up. */
interface PasswordContext {
  readonly email: string;
  readonly name?: string | undefined;
}

const DIFFERENT_CHARACTERS = 5;
/** Longer numbers may be random; nobody types those by habit. */
const NUMBER_LENGTH = 20;
/** What replaces letters in passwords that only look mixed. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/**
 * Why a password is too easy to guess, or undefined: it is among the common ones, made of one common word and figures,
 * of the user's own name or address, or of few characters or a sequence (NIST SP 800-63B, section 3.1.1.2).
 * The length is checked by its schema.
 */
export async function weaknessOf(password: string, { email, name = '' }: PasswordContext): Promise<string | undefined> {
  const text = password.normalize('NFKC').toLowerCase();
  const { common, words } = await commonPasswords();
  if (common.has(text)) return 'This is one of the most common passwords. Choose another one.';
  if (new Set(text).size < DIFFERENT_CHARACTERS || isSequence(text)) {
    return 'This password repeats or counts. Choose another one.';
  }
  const core = withoutEnds(text);
  if (core === '' && text.length < NUMBER_LENGTH) return 'This password is only a number. Choose another one.';
  if (words.has(core) || words.has(plain(core))) {
    return 'This password is a common word with a few characters around it. Choose another one.';
  }
  const own = [
    'wardline',
    email.toLowerCase(),
    ...email.toLowerCase().split(/[@.+_-]/),
    ...name.toLowerCase().split(/\s/),
  ];
  if (own.some((part) => part.length > 2 && text.includes(part) && leftOver(text, part).length < 4)) {
    return 'This password is made of your name or address. Choose another one.';
  }
  return undefined;
}

/** @throws WardlineError INVALID_REQUEST naming the field. */
export async function refuseWeakPassword(field: string, password: string, context: PasswordContext): Promise<void> {
  const weakness = await weaknessOf(password, context);
  if (weakness) throw invalidFields([{ fieldId: field, error: weakness }]);
}

/** The lists, made when somebody sets a password and then dropped: that is rare, and they take a megabyte. */
async function commonPasswords() {
  const { default: lists } = await import('./common-passwords.json');
  return { common: new Set(lists.passwords.split(' ')), words: new Set(lists.words.split(' ')) };
}

/** Without the figures and signs at both ends. */
const withoutEnds = (text: string): string => text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');

const plain = (text: string): string => [...text].map((character) => LOOKALIKES[character] ?? character).join('');

/** What is left besides a part and the figures and signs around it. */
const leftOver = (text: string, part: string): string => withoutEnds(text.replaceAll(part, ''));

/** True where all characters but a few follow each other: abcdefghijkl, 987654321098, also after a word. */
function isSequence(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  return [1, -1].some((step) => steps.filter((one) => one === step).length > steps.length - 3);
}
