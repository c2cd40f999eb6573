import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { wardlineProgram } from './program.ts';
import { processTerminal } from './terminal/terminal.ts';

const program = wardlineProgram({
  terminal: processTerminal({}),
  env: {},
  end: () => undefined,
  whenNobodyReads: () => undefined,
});

/** Each command that does something, with all the words that lead to it. */
function leaves(command: Command, words: readonly string[] = []): (readonly [string, Command])[] {
  const path = [...words, command.name()];
  if (command.commands.length === 0) return [[path.join(' '), command]];
  return command.commands.flatMap((one) => leaves(one, path));
}

describe.each(leaves(program))('%s', (path, command) => {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text) });
  command.outputHelp();

  it('says how it is used, with an example', () => {
    expect(help).toContain(`Usage: ${path} `);
    expect(help).toMatch(/\nExamples?:\n {2}\S/);
    expect(help).toContain(path);
  });

  it('answers programs in JSON, unless what it writes is a program itself', () => {
    const json = /^ {2}--json +\S/m;
    if (path === 'wardline completion') expect(help).not.toMatch(json);
    else expect(help).toMatch(json);
  });
});
