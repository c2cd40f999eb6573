import { HOP_LABELS, type HopResult, type TestEvent } from '@wardline/contracts';
import { printable } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/terminal.ts';

/** To the beginning of the line, and clear to its end. */
const CLEAR_LINE = '\r\u001b[K';
const WORDS = { pass: 'ok', fail: 'FAILED', warn: 'warning', skipped: 'skipped' } as const;

/** The hops of a running test: on a terminal one that runs is shown at once, else each has one line when it is over. */
export class HopLines {
  readonly #terminal: Terminal;
  #running = false;

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(event: Exclude<TestEvent, { type: 'result' }>): void {
    const { outColors, outIsWatched } = this.#terminal;
    if (event.type === 'hop-started') {
      if (!outIsWatched) return;
      this.#running = true;
      this.#terminal.out(`${CLEAR_LINE}${outColors.dim(`…        ${HOP_LABELS[event.hop]}`)}`);
      return;
    }
    this.end();
    if (event.type === 'hop-finished') this.#finished(event.result);
    else {
      const tried = event.before.map(({ name, outcome }) => `${name} did not run it (${outcome}). `).join('');
      this.#terminal.out(`${tried}The delegate ${event.name} on ${event.hostName} runs the test.\n`);
    }
  }

  /** Takes away what says that a hop runs. */
  end(): void {
    if (this.#running) this.#terminal.out(CLEAR_LINE);
    this.#running = false;
  }

  #finished({ hop, status, durationMs, aws, facts, finding }: HopResult): void {
    const { outColors } = this.#terminal;
    const color = { pass: outColors.green, fail: outColors.red, warn: outColors.yellow, skipped: outColors.dim }[
      status
    ];
    const took = status === 'skipped' ? '' : outColors.dim(` ${Math.round(durationMs)} ms`);
    const answer = aws && aws.code !== 'OK' && status !== 'pass' ? ` ${aws.operation}: ${aws.code}` : '';
    this.#terminal.out(`${color(WORDS[status].padEnd(8))} ${HOP_LABELS[hop]}${took}${answer}\n`);
    for (const { name, value } of facts)
      this.#terminal.out(outColors.dim(`         ${printable(`${name}: ${value}`)}\n`));
    // That of a failure is printed whole at the end.
    if (finding && status !== 'fail')
      this.#terminal.out(`         ${printable(`${finding.title}: ${finding.explanation}`)}\n`);
  }
}
