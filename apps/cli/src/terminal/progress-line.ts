import type { Terminal } from './terminal.ts';

/** What is over sooner needs no word about how far it is. */
const SILENT_MS = 1000;

/** One line that says how far something is, on a terminal that somebody watches; gone when it is over. */
export class ProgressLine {
  readonly #terminal: Terminal;
  readonly #startedAt = performance.now();
  #shown = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(text: string): void {
    if (!this.#terminal.watched || performance.now() - this.#startedAt < SILENT_MS) return;
    this.#shown = true;
    // To the beginning of the line, and clear to its end.
    this.#terminal.error(`\r\u001b[K${text}`);
  }

  clear(): void {
    if (this.#shown) this.#terminal.error('\r\u001b[K');
    this.#shown = false;
  }
}
