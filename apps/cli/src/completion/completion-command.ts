import { Argument, Command } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { bashCompletion } from './bash.ts';
import { commandTree } from './command-tree.ts';
import { fishCompletion } from './fish.ts';
import { zshCompletion } from './zsh.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

const HELP = `
Examples:
  source <(wardline completion bash)
  wardline completion zsh > "\${fpath[1]}/_wardline"
  wardline completion fish > ~/.config/fish/completions/wardline.fish`;

/** `wardline completion`: a script for a shell. It is made of all commands, so it is added last. */
export function completionCommand({ terminal }: CommandContext): Command {
  const command = new Command('completion')
    .description('Print a script that completes commands and options in a shell.')
    .addArgument(new Argument('<shell>', 'the shell').choices(Object.keys(SHELLS)));
  return command.addHelpText('after', HELP).action((shell: keyof typeof SHELLS) => {
    terminal.out(SHELLS[shell](commandTree(command.parent ?? command)));
  });
}
