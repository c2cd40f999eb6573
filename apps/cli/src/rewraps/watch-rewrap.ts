import { setTimeout as sleep } from 'node:timers/promises';
import { type Rewrap, rewrapSchema } from '@wardline/contracts';
import type { CommandContext } from '../command-context.ts';
import { EXIT_CODE } from '../exit-code.ts';
import { ask } from '../server/ask.ts';
import type { Connection } from '../server/connection.ts';
import { barText } from '../terminal/progress-bar.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { describeRewrap, rewrapReport } from './describe-rewrap.ts';

const ASK_EVERY_MS = 500;

/** Follows a rewrap to its end, with a bar on a terminal, and prints the report. A failure ends the command with 1. */
export async function watchRewrap(
  { terminal, end }: CommandContext,
  connection: Connection,
  id: string,
  json: boolean,
): Promise<void> {
  const progress = new ProgressLine(terminal);
  let rewrap: Rewrap;
  try {
    for (;;) {
      rewrap = await ask(connection, { method: 'GET', path: rewrapPath(id) }, rewrapSchema);
      if (rewrap.state !== 'running') break;
      const done = rewrap.rewrapped + rewrap.unchanged + rewrap.failed;
      progress.show(`${barText(done, rewrap.total)} of ${rewrap.total} secrets, ${rewrap.failed} failed`);
      await sleep(ASK_EVERY_MS);
    }
  } finally {
    progress.clear();
  }
  terminal.out(json ? `${JSON.stringify(describeRewrap(rewrap))}\n` : rewrapReport(rewrap));
  end(rewrap.state === 'done' && rewrap.failed === 0 ? EXIT_CODE.ok : EXIT_CODE.broken);
}

export const rewrapPath = (id: string): string => `/api/secrets/rewraps/${encodeURIComponent(id)}`;
