import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { loadConfig } from '../config.ts';
import { type RunningDelegate, startDelegate } from '../delegate.ts';

interface Manager {
  readonly token: string;
  readonly port: number;
}

/** Starts a delegate of the test, configured by its environment as in real life; it ends with the test. */
export function runDelegate(
  { token, port }: Manager,
  env: Readonly<Record<string, string>> = {},
): RunningDelegate & { readonly log: () => string } {
  const lines: string[] = [];
  const config = loadConfig({
    DELEGATE_TOKEN: token,
    MANAGER_HOST_AND_PORT: `http://127.0.0.1:${port}`,
    DELEGATE_NAME: 'tested',
    ...env,
  });
  const delegate = startDelegate(config, pino({ level: 'trace' }, { write: (line) => lines.push(line) }));
  onTestFinished(async () => {
    delegate.tasks.cancelAll();
    await delegate.stop();
  });
  return { ...delegate, log: () => lines.join('') };
}
