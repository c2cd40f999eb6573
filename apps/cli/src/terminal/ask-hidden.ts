import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CommandError } from '../exit-code.ts';

const INTERRUPTED = 130;

/**
 * Asks the person at the terminal for one line that is not shown.
 * @throws CommandError when they end it with Ctrl-C or Ctrl-D.
 */
export async function askHidden(question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createInterface({ input: process.stdin, output: nowhere, terminal: true, historySize: 0 });
  // The terminal shows nothing from here on, also of what is typed ahead.
  process.stderr.write(question);
  try {
    return await new Promise<string>((resolve, reject) => {
      prompt.once('line', resolve);
      prompt.once('SIGINT', () => reject(new CommandError(INTERRUPTED, 'Interrupted.')));
      prompt.once('close', () => reject(new CommandError(INTERRUPTED, 'Nothing was entered.')));
    });
  } finally {
    prompt.close();
    process.stderr.write('\n');
  }
}
