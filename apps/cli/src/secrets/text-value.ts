import { TEXT_VALUE_MAX_BYTES } from '@wardline/contracts';
import { usageError } from '../exit-code.ts';

const TOO_LONG = `A text has at most ${TEXT_VALUE_MAX_BYTES} bytes. Store more as a file: wardline files put`;

/** The longest input that can be a value: one with the line break that is taken away. */
export const VALUE_INPUT = { maxBytes: TEXT_VALUE_MAX_BYTES + 2, tooLong: TOO_LONG } as const;

/**
 * What was given as the value of a text secret. One line loses the line break that `echo` and editors end it with;
 * several lines (a PEM key) stay as they are, and so does everything where that is wanted.
 * @throws CommandError for what is empty, too long, or no UTF-8.
 */
export function textValue(given: Buffer, exact: boolean): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(given);
  } catch {
    throw usageError('The value is no text in UTF-8. Store it as a file: wardline files put');
  }
  const oneLine = /^[^\r\n]*(?=\r?\n$)/.exec(text);
  const value = exact ? text : (oneLine?.[0] ?? text);
  if (value === '') throw usageError('The value is empty. A secret needs a value.');
  if (Buffer.byteLength(value) > TEXT_VALUE_MAX_BYTES) throw usageError(TOO_LONG);
  return value;
}
