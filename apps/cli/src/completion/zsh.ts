import { flagsThatTake, type TreeNode } from './command-tree.ts';

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** `_describe` takes what stands before the first colon. */
const entry = (name: string, description: string) => quoted(`${name.replaceAll(':', '\\:')}:${description}`);

/** A script for Zsh: a file `_wardline` in `fpath`, or `source <(wardline completion zsh)` behind compinit. */
export function zshCompletion(tree: readonly TreeNode[]): string {
  const paths = tree.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  const cases = tree.map(({ path, commands, options }) => {
    const commandEntries = commands.map(({ name, description }) => entry(name, description)).join(' ');
    const optionEntries = options.map(({ flag, description }) => entry(flag, description)).join(' ');
    return `    ${quoted(path)}) commands=(${commandEntries}) options=(${optionEntries}) ;;`;
  });
  return `#compdef wardline
# Completion of wardline for Zsh. To have it in every shell:
#   wardline completion zsh > "\${fpath[1]}/_wardline"
_wardline() {
  local at='' word i
  local -a commands options
  for ((i = 2; i < CURRENT; i++)); do
    word="\${words[i]}"
    # What stands behind it is another command.
    if [[ $word == -- ]]; then _normal; return; fi
    case "\${at:+$at }$word" in
      (${paths.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "\${words[CURRENT-1]}" in
    (${flagsThatTake(tree, 'a file').join('|')}) _files; return ;;
    (${flagsThatTake(tree, 'a value').join('|')}) return ;;
  esac
  case "$at" in
${cases.join('\n').replace(/^ {4}/gm, '    (')}
  esac
  if [[ "\${words[CURRENT]}" == -* ]]; then
    _describe -o option options
  elif (( \${#commands} )); then
    _describe command commands
  else
    _files
  fi
}
if [[ "\${funcstack[1]}" == _wardline ]]; then _wardline "$@"; else compdef _wardline wardline; fi
`;
}
