import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import { systemActor } from '../access/principal.ts';
import { toColumns } from '../db/scope-columns.ts';
import type { SecretManager } from '../secrets/managers/secret-manager.ts';
import { unlessOvertaken } from '../secrets/overtaken.ts';
import { WardlineError } from '../wardline-error.ts';
import { rewrapEntry } from './rewrap-entry.ts';
import { RewrapOver, rewrapSecret } from './rewrap-secret.ts';
import type { SealAnewDeps } from './seal-anew.ts';
import type { StoredRewrap } from './stored-rewrap.ts';

/** Which of several processes works on rewraps. */
export const REWRAPS_LEASE = 'rewraps';
/** For how long a process has that work without saying so again. */
const LEASE_MS = 10_000;
/** How many secrets are looked up at a time. */
const PAGE = 100;
/** What KMS or the network may mend by themselves is tried so often, with pauses that double from the first: half a minute. */
const TRIES = 6;
const FIRST_PAUSE_MS = 1000;

export interface RewrapWorkerDeps extends SealAnewDeps {
  readonly logger: FastifyBaseLogger;
  readonly processId: string;
}

/**
 * Works on rewraps, one after the other. How far each is stands in the database, in the transaction of each secret:
 * after a crash another process, or this one when it is back, goes on where it ended.
 */
export class RewrapWorker {
  readonly #deps: RewrapWorkerDeps;
  readonly #lease: { readonly name: string; readonly owner: string };
  readonly #stopping = new AbortController();
  #working: Promise<void> | undefined;
  /** By `performance.now()`. */
  #claimedAt = 0;
  /** KMS was waited for in vain: until it answers, no secret is tried more than once. */
  #away = false;

  constructor(deps: RewrapWorkerDeps) {
    this.#deps = deps;
    this.#lease = { name: REWRAPS_LEASE, owner: deps.processId };
  }

  /** Begins to work on what runs, unless it or another process does so already. */
  look(): void {
    if (this.#working || this.#stopping.signal.aborted) return;
    this.#working = this.#workOnAll()
      .catch((error: unknown) =>
        this.#deps.logger.error({ err: error }, 'rewraps were interrupted; they go on in a moment'),
      )
      .finally(() => {
        this.#working = undefined;
      });
  }

  /** Ends after the secret that has its turn; the rest goes on after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#working;
  }

  async #workOnAll(): Promise<void> {
    const { storage } = this.#deps;
    const seen = new Set<string>();
    try {
      while (!this.#stopping.signal.aborted && (await this.#claim())) {
        const next = (await storage.rewraps.running()).find(({ id }) => !seen.has(id));
        if (!next) return;
        seen.add(next.id);
        await this.#workOn(next);
      }
    } finally {
      await storage.unrecorded(({ leases }) => leases.release(this.#lease));
    }
  }

  async #workOn(rewrap: StoredRewrap): Promise<void> {
    try {
      if (await this.#turns(rewrap)) await this.#finish(rewrap);
    } catch (error) {
      if (!(error instanceof RewrapOver)) throw error;
      this.#deps.logger.info({ rewrap: rewrap.id }, 'a rewrap was ended, or another process goes on with it');
    }
  }

  /** Gives every secret its turn. @returns false where the server stops before the end. */
  async #turns(rewrap: StoredRewrap): Promise<boolean> {
    const { storage } = this.#deps;
    let last = rewrap;
    for (;;) {
      const ids = await storage.rewraps.nextSecrets(last, PAGE);
      for (const id of ids) {
        if (this.#stopping.signal.aborted) return false;
        if (performance.now() - this.#claimedAt > LEASE_MS / 3 && !(await this.#claim())) throw new RewrapOver();
        await this.#turn(rewrap, id);
        last = { ...last, lastSecretId: id };
      }
      if (ids.length < PAGE) return true;
    }
  }

  async #turn(rewrap: StoredRewrap, secretId: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        await unlessOvertaken(async () => {
          const target = await this.#targetOf(rewrap);
          await rewrapSecret(this.#deps, rewrap, secretId, target, await this.#fingerprintOf(target));
        });
        this.#away = false;
        return;
      } catch (error) {
        if (error instanceof RewrapOver) throw error;
        const refusal = error instanceof WardlineError ? error : undefined;
        if (!refusal)
          this.#deps.logger.error({ err: error, rewrap: rewrap.id }, 'a secret could not be encrypted anew');
        if (refusal?.details.temporary && tries < TRIES && !this.#away) {
          if (await this.#pause(tries)) continue;
          return;
        }
        this.#away = refusal?.details.temporary === true;
        await this.#fail(rewrap, secretId, refusal);
        return;
      }
    }
  }

  /** Read for each secret: the connector may be changed meanwhile, and its new key is the one that counts. */
  async #targetOf({ to }: StoredRewrap): Promise<SecretManager> {
    if (to.connectorId === null) return { kind: 'built-in', reference: to.reference };
    const connector = await this.#deps.storage.connectors.findById(to.connectorId);
    if (connector) return { kind: 'connector', reference: to.reference, connector };
    throw new WardlineError('INVALID_REQUEST', `The secret manager “${to.name}” was deleted.`);
  }

  /** Which KMS key the manager encrypts under now; undefined for the built-in one. */
  async #fingerprintOf(target: SecretManager): Promise<string | undefined> {
    if (target.kind === 'built-in') return undefined;
    const { dataKeys, storage } = this.#deps;
    const id = await dataKeys.forSealing(target.connector, 0, (_key, dataKeyId) => dataKeyId);
    return (await storage.dataKeys.find(id))?.keyFingerprint;
  }

  async #fail(rewrap: StoredRewrap, secretId: string, refusal: WardlineError | undefined): Promise<void> {
    const { storage, now } = this.#deps;
    const secret = await storage.secrets.findById(secretId);
    const message = refusal?.message ?? 'An unexpected error; the log of the server has it.';
    const counted = await storage.unrecorded(async ({ rewraps }) => {
      if (!(await rewraps.take(rewrap, secretId, secret ? 'failed' : 'unchanged', now().toISOString()))) return false;
      if (secret) {
        const { identifier, name, place } = secret;
        const finding = refusal?.details.finding;
        await rewraps.addFailure({
          rewrap_id: rewrap.id,
          secret_id: secretId,
          ...toColumns(place),
          identifier,
          name,
          message,
          finding: finding ? JSON.stringify(finding) : null,
        });
      }
      return true;
    });
    if (!counted) throw new RewrapOver();
  }

  async #finish({ id }: StoredRewrap): Promise<void> {
    const { storage, now } = this.#deps;
    await storage.changeIf(systemActor('rewrap'), async ({ rewraps }) => {
      const done = await rewraps.end(id, 'done', now().toISOString());
      return done && { result: undefined, audit: rewrapEntry(done, 'done') };
    });
  }

  async #claim(): Promise<boolean> {
    const { storage, now } = this.#deps;
    const time = now();
    const until = new Date(time.getTime() + LEASE_MS).toISOString();
    this.#claimedAt = performance.now();
    return storage.unrecorded(({ leases }) => leases.claim({ ...this.#lease, now: time.toISOString(), until }));
  }

  /** Waits before another try. @returns false where the server stops meanwhile; then the secret keeps its turn. */
  async #pause(tries: number): Promise<boolean> {
    await sleep(FIRST_PAUSE_MS * 2 ** (tries - 1), undefined, { signal: this.#stopping.signal }).catch(() => {});
    if (this.#stopping.signal.aborted) return false;
    if (!(await this.#claim())) throw new RewrapOver();
    return true;
  }
}
