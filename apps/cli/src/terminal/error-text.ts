import type { CommandError } from '../exit-code.ts';
import { findingText } from './finding-text.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** An error for people: the message, what helps, and the finding with its fixes. Ends in a line break. */
export function errorText({ message, details }: CommandError, colors: Terminal['errorColors']): string {
  const { fields = [], hints = [], finding } = details;
  const lines = [
    `${colors.red('Error:')} ${printable(message)}`,
    // The message of a single field says it already.
    ...fields
      .filter(({ error }) => !message.includes(error))
      .map(({ fieldId, error }) => printable(`  ${fieldId}: ${error}`)),
    // The fixes of a finding come as hints too, for clients that know nothing of findings.
    ...(finding ? [] : hints.map((hint) => printable(`  ${hint}`))),
  ];
  return `${lines.join('\n')}\n${finding ? `\n${findingText(finding, colors)}` : ''}`;
}

/** The same for programs: `{ error: { message, code?, hints?, fields?, finding? }, exitCode }` in one line. */
export function errorJson({ message, details, exitCode }: CommandError): string {
  return `${JSON.stringify({ error: { message, ...details }, exitCode })}\n`;
}
