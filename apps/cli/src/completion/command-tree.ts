import type { Command } from 'commander';

/** What can follow an option or stands as an argument. */
export type Takes = 'nothing' | 'a value' | 'a file';

interface TreeOption {
  /** `--name`. */
  readonly flag: string;
  readonly description: string;
  readonly takes: Takes;
}

/** A command as a shell needs to know it. */
export interface TreeNode {
  /** The words behind `wardline`, joined by a space; empty for itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly TreeOption[];
}

const FILE_VALUE = /<(path|file|folder)>/;

/** Every command that can be typed, the groups before what is in them. */
export function commandTree(command: Command, path = ''): TreeNode[] {
  const options = command.options.map(({ long, short, description, flags, required, optional }) => ({
    flag: long ?? short ?? '',
    description,
    takes:
      required || optional
        ? FILE_VALUE.test(flags)
          ? ('a file' as const)
          : ('a value' as const)
        : ('nothing' as const),
  }));
  const help = { flag: '--help', description: 'show how it is used', takes: 'nothing' } as const;
  const commands = command.commands.map((one) => ({ name: one.name(), description: one.description() }));
  const node = { path, commands, options: [...options, help] };
  return [node, ...command.commands.flatMap((one) => commandTree(one, `${path} ${one.name()}`.trim()))];
}

/** The options of all commands that take this, each once. */
export function flagsThatTake(tree: readonly TreeNode[], takes: Takes): string[] {
  return [
    ...new Set(tree.flatMap((node) => node.options.filter((one) => one.takes === takes).map(({ flag }) => flag))),
  ];
}
