import type { FastifyBaseLogger } from 'fastify';
import { systemActor } from '../access/principal.ts';
import { secretResource } from '../secrets/audited-secret.ts';
import { DUE_SHARE } from '../secrets/secret-response.ts';
import { type ProofOutcome, type ProveDeps, proveValues } from './prove-values.ts';
import { sampleSize } from './sample-size.ts';
import type { ManagedValues, ValueToProve } from './store.ts';

/** How many values are noted as proven in one transaction. */
const NOTED_AT_ONCE = 50;
const DAY_MS = 86_400_000;
/** For how long a process has the work without saying so again. */
const LEASE_MS = 10 * 60_000;

export interface ValueProverDeps extends ProveDeps {
  readonly processId: string;
  readonly logger: FastifyBaseLogger;
  readonly now: () => Date;
}

/**
 * Proves that what is stored can be read: decrypts values that were really stored, those first that were proven longest
 * ago, with data keys that KMS opens anew. So a key that was disabled, a right that was taken away or a damaged row is
 * found before somebody needs the value.
 */
export class ValueProver {
  readonly #deps: ValueProverDeps;
  readonly #stopping = new AbortController();

  constructor(deps: ValueProverDeps) {
    this.#deps = deps;
  }

  /** Proves a sample of every manager's values, unless another process does. */
  async look(): Promise<void> {
    const { storage, processId } = this.#deps;
    const lease = { name: 'proofs', owner: processId };
    if (!(await this.#claim(lease))) return;
    try {
      for (const manager of await storage.proofs.managers()) {
        if (this.#stopping.signal.aborted || !(await this.#claim(lease))) return;
        await this.#proveSample(manager);
      }
      await this.#warnInTime();
    } finally {
      await storage.unrecorded(({ leases }) => leases.release(lease));
    }
  }

  /** Ends a look after the value that has its turn. */
  stop(): void {
    this.#stopping.abort();
  }

  async #proveSample({ connectorId, values }: ManagedValues): Promise<void> {
    const { storage, config } = this.#deps;
    const { proofDays: days, proofMinutes: everyMinutes } = config.secrets;
    const sample = await storage.proofs.oldest(connectorId, sampleSize(values, { days, everyMinutes }));
    for (const group of byDataKey(sample)) {
      if (this.#stopping.signal.aborted) return;
      await this.#note(await proveValues(this.#deps, group, this.#stopping.signal));
    }
  }

  /** Only what is news is on record: a value that can't be read any more, or can again. */
  async #note(outcomes: readonly ProofOutcome[]): Promise<void> {
    const { storage, now, logger } = this.#deps;
    const time = now().toISOString();
    const quiet: ValueToProve[] = [];
    for (const outcome of outcomes) {
      // KMS, the delegate or the network is away: that says nothing about the value.
      if (outcome.kind === 'unknown') continue;
      const { one } = outcome;
      const failed = outcome.kind === 'failed' ? outcome.finding : undefined;
      if (failed === undefined && !one.failedBefore) {
        quiet.push(one);
        continue;
      }
      let stillStored = true;
      await storage.changeIf(systemActor('proofs'), async ({ proofs }) => {
        if (failed) stillStored = await proofs.noteFailed(one.value, failed, time);
        else await proofs.notePassed([one.value], time);
        // Changed or deleted since it was read, perhaps in the middle of that.
        if (!stillStored) return undefined;
        if ((failed !== undefined) === one.failedBefore) return undefined;
        const details = { version: one.value.number, ...(failed && { finding: failed.code, title: failed.title }) };
        const outcomeOf = failed ? ('FAILURE' as const) : ('SUCCESS' as const);
        return {
          result: undefined,
          audit: { action: 'PROVE', ...secretResource(one.secret), outcome: outcomeOf, details },
        };
      });
      if (failed && stillStored)
        logger.warn({ secret: one.secret.identifier, finding: failed.code }, 'a stored value cannot be read');
    }
    for (let from = 0; from < quiet.length; from += NOTED_AT_ONCE) {
      const values = quiet.slice(from, from + NOTED_AT_ONCE).map(({ value }) => value);
      await storage.unrecorded(({ proofs }) => proofs.notePassed(values, time));
    }
  }

  async #warnInTime(): Promise<void> {
    const { storage, config, now, logger } = this.#deps;
    const { proofDays } = config.secrets;
    const overdue = await storage.proofs.countOverdue(
      new Date(now().getTime() - proofDays * DUE_SHARE * DAY_MS).toISOString(),
    );
    if (overdue > 0)
      logger.warn(
        { overdue, proofDays },
        'stored values were not proven readable for most of the time that the policy allows, or for longer',
      );
  }

  async #claim(lease: { name: string; owner: string }): Promise<boolean> {
    const { storage, now } = this.#deps;
    const time = now();
    const until = new Date(time.getTime() + LEASE_MS).toISOString();
    return storage.unrecorded(({ leases }) => leases.claim({ ...lease, now: time.toISOString(), until }));
  }
}

function byDataKey(sample: readonly ValueToProve[]): ValueToProve[][] {
  const groups = new Map<string | null, ValueToProve[]>();
  for (const one of sample) {
    const group = groups.get(one.value.dataKeyId);
    if (group) group.push(one);
    else groups.set(one.value.dataKeyId, [one]);
  }
  return [...groups.values()];
}
