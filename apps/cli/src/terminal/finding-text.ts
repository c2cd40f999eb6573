import type { Finding } from '@wardline/contracts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** A finding with every fix printed whole, to be copied. Ends in a line break. */
export function findingText(finding: Finding, colors: Terminal['outColors']): string {
  const fixes = finding.fixes.map(({ title, target, body }, index) => {
    const number = finding.fixes.length > 1 ? `Fix ${index + 1}` : 'Fix';
    const where = target === undefined ? '' : `\n${colors.dim(`  for ${printable(target)}`)}`;
    return `\n${colors.bold(`${number}: ${printable(title)}`)}${where}\n${indented(printable(body))}\n`;
  });
  return `${colors.bold(printable(finding.title))} ${colors.dim(`(${finding.code})`)}\n${printable(finding.explanation)}\n${fixes.join('')}`;
}

const indented = (text: string) => text.trimEnd().replace(/^(?=.)/gm, '    ');
