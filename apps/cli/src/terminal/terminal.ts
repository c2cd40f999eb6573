import pico from 'picocolors';

type Colors = ReturnType<typeof pico.createColors>;

/** Where a command writes: results to the standard output, everything else beside it. */
export interface Terminal {
  out(text: string | Uint8Array): void;
  error(text: string): void;
  /** Whether a person reads the result itself: then it is laid out for the eye, else as plain lines. */
  readonly outIsWatched: boolean;
  /** Whether a person watches what is written beside the result. */
  readonly watched: boolean;
  /** Colours of the result, and of what is written beside it. */
  readonly outColors: Colors;
  readonly errorColors: Colors;
  /** Columns of the terminal. */
  readonly width: number;
}

/**
 * The terminal of this process. No colours where nobody watches, with TERM=dumb, and with NO_COLOR (https://no-color.org:
 * any value but the empty one).
 */
export function processTerminal(env: NodeJS.ProcessEnv): Terminal {
  const mayColor = !env.NO_COLOR && env.TERM !== 'dumb';
  const outIsWatched = process.stdout.isTTY === true;
  const watched = process.stderr.isTTY === true;
  return {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
    outIsWatched,
    watched,
    outColors: pico.createColors(mayColor && outIsWatched),
    errorColors: pico.createColors(mayColor && watched),
    get width() {
      return process.stderr.columns || process.stdout.columns || 80;
    },
  };
}
