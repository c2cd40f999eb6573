import { type Finding, HOP_LABELS, HOPS, type HopId, type HopResult, type TaskEvent } from '@wardline/contracts';
import { describeSkew, SKEW_LIMIT_MS } from '../clients/skew.ts';
import { type Fact, fact, type HopEnd } from './hop.ts';
import type { Session } from './session.ts';

/** A hop as it runs: events go out, what the next hop builds on comes back (undefined where the trace ends here). */
export type RunningHop<T> = AsyncGenerator<TaskEvent, T | undefined, undefined>;

/** Keeps the order of hops and the account of what happened. */
export class Trace {
  readonly #session: Session;
  readonly #lateFacts: () => readonly Fact[];
  readonly #done = new Set<HopId>();
  #failure: { hop: HopId; finding: Finding } | undefined;
  #skewShown = false;

  /** @param lateFacts facts that arrive beside the hops; each is shown on the next hop that ends. */
  constructor(session: Session, lateFacts: () => readonly Fact[]) {
    this.#session = session;
    this.#lateFacts = lateFacts;
  }

  async *hop<T>(hop: HopId, run: () => HopEnd<T> | Promise<HopEnd<T>>): RunningHop<T> {
    const startedAt = this.#session.ambient.now().toISOString();
    yield { type: 'hop-started', hop, startedAt };
    // Not before the event is taken: how long a reader takes is none of the hop's time.
    const start = performance.now();
    const end = this.#withClock(hop, await this.#guarded(hop, run));
    this.#done.add(hop);
    if (end.status === 'fail') this.#failure = { hop, finding: end.finding };
    yield { type: 'hop-finished', result: this.#result(hop, end, startedAt, performance.now() - start) };
    return end.status === 'fail' ? undefined : end.value;
  }

  /** Skips what is left and closes the account. */
  async *rest(): AsyncGenerator<TaskEvent, void, undefined> {
    const reason = `Not tried, because “${this.#failure ? HOP_LABELS[this.#failure.hop] : 'an earlier step'}” failed.`;
    for (const hop of HOPS) {
      if (!this.#done.has(hop)) yield* this.hop(hop, () => ({ status: 'skipped', value: true, reason }));
    }
    if (this.#failure) yield { type: 'finished', status: 'FAILURE', finding: this.#failure.finding };
    else yield { type: 'finished', status: 'SUCCESS' };
  }

  /** An outcome never throws; what does is a defect of Wardline, and even then the trace is told to its end. */
  async #guarded<T>(hop: HopId, run: () => HopEnd<T> | Promise<HopEnd<T>>): Promise<HopEnd<T>> {
    try {
      return await run();
    } catch (error) {
      const detail = this.#session.scrub(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      return { status: 'fail', finding: this.#session.explain(hop, { kind: 'defect', detail }) };
    }
  }

  /** Clock skew is a check of its own: shown where it is first measured, a warning where it will soon break calls. */
  #withClock<T>(hop: HopId, end: HopEnd<T>): HopEnd<T> {
    const { skewMs } = this.#session.subject;
    if (this.#skewShown || skewMs === undefined || end.status === 'skipped') return end;
    this.#skewShown = true;
    const facts = [...(end.facts ?? []), ...fact('Clock skew', describeSkew(skewMs))];
    if (end.status !== 'pass' || Math.abs(skewMs) < SKEW_LIMIT_MS) return { ...end, facts };
    return { ...end, status: 'warn', finding: this.#session.explain(hop, { kind: 'clock' }), facts };
  }

  #result<T>(hop: HopId, end: HopEnd<T>, startedAt: string, durationMs: number): HopResult {
    const where = this.#session.ambient.runner;
    const base = { hop, status: end.status, where, startedAt, durationMs: Math.round(durationMs * 100) / 100 };
    if (end.status === 'skipped') return { ...base, facts: [...fact('Skipped', end.reason), ...this.#lateFacts()] };
    return {
      ...base,
      facts: [...(end.facts ?? []), ...this.#lateFacts()],
      ...(end.aws ? { aws: end.aws } : {}),
      ...('finding' in end ? { finding: end.finding } : {}),
    };
  }
}
