import { ProgressLine } from './progress-line.ts';
import type { Terminal } from './terminal.ts';

const WIDTH = 24;
const KIB = 1024;

/** Passes chunks on and shows how many bytes have gone, on a terminal that somebody watches: as a bar where the total is known. */
export async function* withProgress(
  terminal: Terminal,
  what: string,
  total: number | undefined,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const progress = new ProgressLine(terminal);
  let done = 0;
  try {
    for await (const chunk of chunks) {
      yield chunk;
      done += chunk.length;
      progress.show(`${what} ${progressText(done, total)}`);
    }
  } finally {
    progress.clear();
  }
}

function progressText(done: number, total: number | undefined): string {
  const amount = `${(done / KIB).toFixed(0)} KiB`;
  return total ? `${barText(done, total)} of ${(total / KIB).toFixed(0)} KiB` : amount;
}

/** A bar and how many hundredths are done; of nothing, all is. */
export function barText(done: number, total: number): string {
  const part = total > 0 ? Math.min(1, done / total) : 1;
  const filled = Math.round(part * WIDTH);
  return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${Math.floor(part * 100)}%`;
}
