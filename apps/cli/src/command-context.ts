import type { Terminal } from './terminal/terminal.ts';

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly env: NodeJS.ProcessEnv;
  /** Takes the exit code; without it a command ends with 0. */
  end(code: number): void;
  /** Takes what to do when the reader of the standard output has gone, in place of ending at once. */
  whenNobodyReads(handler: () => void): void;
}
