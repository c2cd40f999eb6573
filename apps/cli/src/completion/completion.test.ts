import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../wardline.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wardline-completion-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scripts = new Map<string, string>();

function script(shell: string): string {
  const known =
    scripts.get(shell) ?? execFileSync(process.execPath, [ENTRY, 'completion', shell], { encoding: 'utf8' });
  scripts.set(shell, known);
  return known;
}

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** What Bash offers for the last word of a line. */
function inBash(line: string): string[] {
  const words = line.split(' ');
  const file = join(folder, 'bash');
  writeFileSync(file, script('bash'));
  const ask = `compopt() { echo "as default"; }; source '${file}'; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${words.length - 1}; _wardline; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const out = execFileSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' });
  return out.split('\n').filter(Boolean);
}

describe('completion in a shell', () => {
  it('offers commands, what is in them, and their options in Bash', () => {
    expect(inBash('wardline c')).toEqual(['connectors', 'completion']);
    expect(inBash('wardline secrets ')).toEqual(expect.arrayContaining(['list', 'set', 'get', 'versions']));
    expect(inBash('wardline secrets list --se')).toEqual(['--search']);
    expect(inBash('wardline run --secret A=account.x --e')).toEqual(['--env-file']);
    expect(inBash('wardline open --out ')).toEqual(['as default']);
    expect(inBash('wardline secrets list --org ')).toEqual([]);
    expect(inBash('wardline run -- --e')).toEqual(['as default']);
  });

  it.runIf(has('zsh'))('is a script that Zsh reads', () => {
    const file = join(folder, '_wardline');
    writeFileSync(file, script('zsh'));
    const ask = `autoload -Uz compinit; compinit -D -u; source '${file}'; _describe() { print -l -- "\${(@P)@[-1]}"; }
      words=(wardline secrets ''); CURRENT=3; _wardline`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', ask], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain('versions:List the versions of a secret');
  });

  it.runIf(has('fish'))('is a script that fish reads', () => {
    const file = join(folder, 'wardline.fish');
    writeFileSync(file, script('fish'));
    const offered = (line: string) =>
      execFileSync('fish', ['--no-config', '-c', `source '${file}'; complete -C '${line}'`], { encoding: 'utf8' })
        .split('\n')
        .map((one) => one.split('\t')[0]);
    expect(offered('wardline secrets ')).toEqual(expect.arrayContaining(['list', 'set', 'get', 'versions']));
    expect(offered('wardline secrets list --sea')).toContain('--search');
  });
});
