/** Where a command writes: results to the standard output, everything else beside it. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Whether a person watches what is written beside the result. */
  readonly watched: boolean;
}

export const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  watched: process.stderr.isTTY === true,
};
