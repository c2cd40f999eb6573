import { flagsThatTake, type TreeNode } from './command-tree.ts';

/** A script for Bash 4 and later: `source <(wardline completion bash)`. */
export function bashCompletion(tree: readonly TreeNode[]): string {
  const paths = tree.filter(({ path }) => path !== '').map(({ path }) => `'${path}'`);
  const cases = tree.map(({ path, commands, options }) => {
    const names = commands.map(({ name }) => name).join(' ');
    return `    '${path}') commands='${names}' options='${options.map(({ flag }) => flag).join(' ')}' ;;`;
  });
  return `# Completion of wardline for Bash. To have it in every shell, put this line into ~/.bashrc:
#   source <(wardline completion bash)
_wardline() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}"
  local at='' word commands='' options='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    # What stands behind it is another command.
    if [[ $word == -- ]]; then compopt -o default; return; fi
    case "\${at:+$at }$word" in
      ${paths.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  case "$previous" in
    ${flagsThatTake(tree, 'a file').join('|')}) compopt -o default; return ;;
    ${flagsThatTake(tree, 'a value').join('|')}) return ;;
  esac
  case "$at" in
${cases.join('\n')}
  esac
  if [[ $current == -* ]]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [[ -n $commands ]]; then
    COMPREPLY=($(compgen -W "$commands" -- "$current"))
  else
    compopt -o default
  fi
}
complete -F _wardline wardline
`;
}
