import { hash } from 'node:crypto';
import type { SsoProblem } from '@wardline/contracts';
import type { FastifyBaseLogger } from 'fastify';
import type { Actor } from '../access/principal.ts';
import { clientNetwork } from '../limits/client-network.ts';
import type { Storage } from '../storage.ts';
import { userResource } from '../users/audited-user.ts';

/** Why a sign-in failed. */
export type FailureReason =
  | 'wrong credentials'
  | 'wrong code'
  | 'too many attempts'
  | 'invalid link'
  | 'no sign-in that waits for a code'
  | SsoProblem;

/** Kinds of failures told apart between two calls of `flush`; the rest is counted by account, and else together. */
const TELL_APART = 100;
const OTHERS = 'others';

interface Counted {
  readonly actor: Actor;
  readonly email: string | undefined;
  readonly reason: FailureReason;
  count: number;
}

/**
 * Records sign-ins that failed. The first of an account, an address and a reason is an event at once; those that follow
 * are counted and become one event when `flush` is called, so that a flood does not fill the audit log. However many
 * addresses are tried, those that are somebody's are named: else a flood could hide whose password is guessed. An e-mail
 * address that is nobody's is not recorded, since it may be a password that was typed into the wrong field; but it
 * counts like any other, so that the time of an answer does not tell that it is nobody's.
 */
export class FailedSignIns {
  readonly #counted = new Map<string, Counted>();
  readonly #storage: Pick<Storage, 'record' | 'users'>;

  constructor(storage: Pick<Storage, 'record' | 'users'>) {
    this.#storage = storage;
  }

  /** @param email as it was typed; empty where nobody was named. */
  async note(actor: Actor, email: string, reason: FailureReason): Promise<void> {
    const key = `${hash('sha256', email, 'base64')} ${clientNetwork(actor.address ?? '')} ${reason}`;
    const known = this.#counted.get(key);
    if (known) {
      known.count += 1;
      return;
    }
    if (this.#counted.size >= TELL_APART) return this.#countTogether(actor, email, reason);
    this.#counted.set(key, { actor, email, reason, count: 0 });
    await this.#record({ actor, email, reason, count: 1 });
  }

  /** Records what was counted since the last call. */
  async flush(): Promise<void> {
    const counted = [...this.#counted.values()].filter(({ count }) => count > 0);
    this.#counted.clear();
    for (const one of counted) await this.#record({ ...one, actor: { ...one.actor, requestId: undefined } });
  }

  /** Calls `flush` from time to time. @returns what stops that, after a last time. */
  flushEvery(milliseconds: number, logger: FastifyBaseLogger): () => Promise<void> {
    const flush = () =>
      this.flush().catch((error: unknown) => logger.warn({ err: error }, 'failed sign-ins were not recorded'));
    const timer = setInterval(() => void flush(), milliseconds);
    timer.unref();
    return async () => {
      clearInterval(timer);
      await flush();
    };
  }

  async #countTogether(actor: Actor, email: string, reason: FailureReason): Promise<void> {
    const user = email === '' ? undefined : await this.#storage.users.findByEmail(email);
    const key = user ? `${OTHERS} of ${user.id} ${reason}` : OTHERS;
    const together = this.#counted.get(key) ?? { actor: anywhere(actor), email: user?.email, reason, count: 0 };
    together.count += 1;
    this.#counted.set(key, together);
  }

  async #record({ actor, email, reason, count }: Counted): Promise<void> {
    const user = email === undefined ? undefined : await this.#storage.users.findByEmail(email);
    await this.#storage.record(actor, {
      action: 'UNSUCCESSFUL_LOGIN',
      outcome: 'FAILURE',
      ...(user ? userResource(user) : { resource: { type: 'USER', identifier: '' }, place: {} }),
      details: { reason, count },
    });
  }
}

/** An event that stands for many addresses names none. */
function anywhere(actor: Actor): Actor {
  return { ...actor, address: undefined };
}
