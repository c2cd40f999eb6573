import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:os';

const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'] as const;
/** What the keyboard of a terminal sends, it sends to every process in the foreground, the child among them. */
const FROM_KEYBOARD: ReadonlySet<string> = new Set(['SIGINT', 'SIGQUIT']);
const SIGNAL_BASE = 128;

/** Passes signals on to the child in place of ending by them. @returns what stops that. */
export function passSignals(child: ChildProcess): () => void {
  const handlers = PASSED_ON.map((signal) => {
    const handler = () => {
      if (!(process.stdin.isTTY && FROM_KEYBOARD.has(signal))) child.kill(signal);
    };
    process.on(signal, handler);
    return () => void process.off(signal, handler);
  });
  return () => {
    for (const stop of handlers) stop();
  };
}

/** The exit code that a shell gives for how a process ended: its own, or 128 and the number of the signal. */
export function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return signal ? SIGNAL_BASE + constants.signals[signal] : (code ?? 0);
}
