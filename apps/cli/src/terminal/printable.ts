/**
 * Text of others as it can be written to a terminal: a control character, which could move the cursor or change what stands
 * there, is shown as U+FFFD. Line breaks and tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => ('\n\t'.includes(character) ? character : '\ufffd'));
}
