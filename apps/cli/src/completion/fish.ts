import type { TreeNode } from './command-tree.ts';

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** A script for fish: `wardline completion fish > ~/.config/fish/completions/wardline.fish`. */
export function fishCompletion(tree: readonly TreeNode[]): string {
  const lines = tree.flatMap(({ path, commands, options }) => {
    const at = `-n ${quoted(`__wardline_at ${path}`.trim())}`;
    return [
      ...commands.map(({ name, description }) => `complete -c wardline -f ${at} -a ${name} -d ${quoted(description)}`),
      ...options.map(({ flag, description, takes }) => {
        const value = { nothing: '', 'a value': ' -x', 'a file': ' -r -F' }[takes];
        return `complete -c wardline ${at} -l ${flag.replace(/^--/, '')}${value} -d ${quoted(description)}`;
      }),
    ];
  });
  const paths = tree.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# Completion of wardline for fish. To have it in every shell:
#   wardline completion fish > ~/.config/fish/completions/wardline.fish
function __wardline_at
    set -l at ''
    for word in (commandline -opc)[2..]
        # What stands behind it is another command.
        test "$word" = -- && return 1
        set -l next (string trim "$at $word")
        contains -- "$next" ${paths.join(' ')} && set at $next
    end
    test "$at" = "$argv"
end
${lines.join('\n')}
`;
}
