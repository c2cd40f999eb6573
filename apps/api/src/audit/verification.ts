import type { AuditVerification, VerificationEvent } from '@wardline/contracts';
import type { Caller } from '../access/caller.ts';
import type { Actor } from '../access/principal.ts';
import type { Deps } from '../app.ts';
import { WardlineError } from '../wardline-error.ts';
import { chainKey } from './chain.ts';
import { verifyChain } from './verify-chain.ts';

type VerificationDeps = Pick<Deps, 'storage' | 'masterKey' | 'config' | 'logger'>;

interface VerificationRequest {
  readonly expectedHead: string | undefined;
  readonly signal: AbortSignal;
}

/** Verifies the log for whoever asks, one at a time, since it reads everything; each verification is on record. */
export class Verification {
  readonly #deps: VerificationDeps;
  #running = false;

  constructor(deps: VerificationDeps) {
    this.#deps = deps;
  }

  /** @throws WardlineError TOO_MANY_REQUESTS while another one runs. */
  start({ actor }: Pick<Caller, 'actor'>, request: VerificationRequest): AsyncGenerator<VerificationEvent> {
    if (this.#running) {
      throw new WardlineError(
        'TOO_MANY_REQUESTS',
        'The audit log is being verified already. Try again when that is done.',
        {
          retryAfterSeconds: 5,
        },
      );
    }
    this.#running = true;
    return this.#run({ actor }, request);
  }

  async *#run({ actor }: Pick<Caller, 'actor'>, request: VerificationRequest): AsyncGenerator<VerificationEvent> {
    const { storage, masterKey } = this.#deps;
    try {
      for await (const event of verifyChain({ reader: storage.audit, key: chainKey(masterKey), ...request })) {
        if (event.type === 'result') await this.#record(actor, event.result);
        yield event;
      }
    } finally {
      this.#running = false;
    }
  }

  async #record(actor: Actor, result: AuditVerification): Promise<void> {
    const { storage, config, logger } = this.#deps;
    try {
      await storage.record(actor, {
        action: 'VERIFY',
        resource: { type: 'AUDIT', identifier: config.accountId },
        place: {},
        outcome: result.verified ? 'SUCCESS' : 'FAILURE',
        details: detailsOf(result),
      });
    } catch (error) {
      // A log may be so broken that it takes no more events; just then whoever asks has to learn of it.
      if (result.verified) throw error;
      logger.error({ err: error, brokenAt: result.brokenAt }, 'the audit log is broken and takes no events');
    }
  }
}

function detailsOf(result: AuditVerification): Record<string, string | number> {
  if (result.verified) return { events: result.events, lastSeq: result.lastSeq, head: result.head };
  return { brokenAt: result.brokenAt.seq, reason: result.brokenAt.reason };
}
