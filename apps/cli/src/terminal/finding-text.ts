import type { Finding } from '@wardline/contracts';
import type { Terminal } from './terminal.ts';

/** A finding with every fix printed whole, to be copied. Ends in a line break. */
export function findingText(finding: Finding, colors: Terminal['outColors']): string {
  const fixes = finding.fixes.map(({ title, target, body }, index) => {
    const number = finding.fixes.length > 1 ? `Fix ${index + 1}` : 'Fix';
    const where = target === undefined ? '' : `\n${colors.dim(`  for ${target}`)}`;
    return `\n${colors.bold(`${number}: ${title}`)}${where}\n${indented(body)}\n`;
  });
  return `${colors.bold(finding.title)} ${colors.dim(`(${finding.code})`)}\n${finding.explanation}\n${fixes.join('')}`;
}

const indented = (text: string) => text.trimEnd().replace(/^(?=.)/gm, '    ');
