import type { KmsDataKey, WrappingKey } from '@wardline/envelope';
import type { Config } from '../config.ts';
import type { Connector, ConnectorSettings } from '../connectors/connector.ts';
import type { NewValue } from '../secrets/read-secret-values.ts';
import { WardlineError } from '../wardline-error.ts';
import { HeldKey } from './held-key.ts';
import { KeyCache, type KeyOwner } from './key-cache.ts';
import { DISABLED, GONE, keyError } from './key-failure.ts';
import { KeySource, type KeySourceDeps } from './key-source.ts';
import { type LoneHalf, type NewValueProof, proveNewValue } from './prove-new-value.ts';
import { proveReadable } from './prove-readable.ts';
import { SealingKey } from './sealing-key.ts';
import { SharedFlights } from './shared-flights.ts';

/** What a reader of a stored value knows about its data key: the columns of its row and of the connector's, as of now. */
export interface DataKeyReference {
  readonly dataKeyId: string;
  /** When the connector was revised: a key that was fetched with other settings is not used. */
  readonly connectorRevisedAt: string;
  readonly connectorDisabled: boolean;
  /** For messages. */
  readonly connectorName: string;
}

/** Does something with a key while nobody wipes it; the key is not to be kept. */
export type UseOf<T> = (key: WrappingKey, dataKeyId: string) => T | Promise<T>;

/** How often data keys were there, and how often KMS had to be asked, since the start. */
export interface DataKeyCounts {
  readonly kmsCalls: number;
  readonly hits: number;
  readonly misses: number;
  /** Data keys in memory for reading. */
  readonly cached: number;
}

/**
 * The data keys of AWS KMS connectors: made when values are written, opened when they are read, and kept in memory
 * within the bounds of the configuration, so that KMS is asked rarely. Each is asked for once, however many wait for it.
 */
export class DataKeys {
  readonly #deps: KeySourceDeps;
  readonly #bounds: Config['dataKeys'];
  readonly #source: KeySource;
  readonly #cache: KeyCache;
  /** By the connector's id. */
  readonly #sealing = new Map<string, SealingKey>();
  readonly #making = new SharedFlights<SealingKey>();
  /** Whoever waits for a key has a hold on it before it lands. */
  readonly #opening = new SharedFlights<HeldKey>((held, waiting) => held.hold(waiting).release());
  #hits = 0;
  #misses = 0;
  #closed = false;

  constructor(deps: KeySourceDeps) {
    this.#deps = deps;
    this.#bounds = deps.config.dataKeys;
    this.#source = new KeySource(deps);
    this.#cache = new KeyCache(this.#bounds, deps.now);
  }

  get counts(): DataKeyCounts {
    return { kmsCalls: this.#source.calls, hits: this.#hits, misses: this.#misses, cached: this.#cache.size };
  }

  /**
   * Encrypts under a data key of the connector. The data key is stored when `use` is called; what it made may be stored
   * under its id at any later time.
   * @param bytes of the plaintext, for the bounds.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 5 s.
   */
  async forSealing<T>(connector: Connector, bytes: number, use: UseOf<T>): Promise<T> {
    for (;;) {
      const sealing =
        this.#current(connector) ??
        (await this.#making.join(revisionOf(connector), () => this.#make(connector.id, connector.name)));
      const held = sealing.admit(bytes, this.#deps.now());
      if (held) return used(held, use);
      this.#retire(connector.id, sealing);
    }
  }

  /**
   * Decrypts what was encrypted under a data key.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 5 s.
   */
  async forOpening<T>(reference: DataKeyReference, use: UseOf<T>): Promise<T> {
    const { dataKeyId, connectorRevisedAt, connectorDisabled, connectorName } = reference;
    if (connectorDisabled) {
      this.#cache.drop(dataKeyId);
      throw keyError(DISABLED, connectorName);
    }
    const cached = this.#cache.take(dataKeyId, connectorRevisedAt);
    if (cached) this.#hits += 1;
    else this.#misses += 1;
    const flight = `${dataKeyId} ${connectorRevisedAt}`;
    return used(cached ?? (await this.#opening.join(flight, () => this.#open(reference))), use);
  }

  /**
   * Proves that what is stored under a connector can be read with settings that it is to get; see {@link proveReadable}.
   * @returns the fingerprints of the KMS keys that values depend on.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 10 s.
   */
  proveReadable(
    connector: Connector,
    settings: Pick<ConnectorSettings, 'name' | 'spec'>,
  ): Promise<ReadonlySet<string>> {
    return proveReadable({ source: this.#source, storage: this.#deps.storage }, connector, settings);
  }

  /**
   * Proves that what is stored under a connector can be read once one of its secrets has another value; see
   * {@link proveNewValue}.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 10 s.
   */
  proveNewValue(connector: Connector, newValue: NewValue, loneHalf: LoneHalf): Promise<NewValueProof> {
    return proveNewValue({ source: this.#source, storage: this.#deps.storage }, connector, newValue, loneHalf);
  }

  /**
   * Like {@link forOpening}, and asks KMS whatever is in memory: what is decrypted then can be decrypted by whoever
   * starts anew.
   * @throws WardlineError KMS_OPERATION_ERROR or DELEGATE_NOT_AVAILABLE with the finding, within 5 s.
   */
  async forProving<T>(reference: DataKeyReference, use: UseOf<T>): Promise<T> {
    if (reference.connectorDisabled) throw keyError(DISABLED, reference.connectorName);
    return used(await this.#open(reference), use);
  }

  /** The ids of the data keys under which this process encrypts. */
  sealing(): ReadonlySet<string> {
    return new Set([...this.#sealing.values()].map(({ held }) => held.key.name));
  }

  /** Wipes what is too old, and what belongs to connectors that were changed, disabled or deleted, by whichever process. */
  async sweep(): Promise<void> {
    const asked = new Set([...this.#cache.connectors(), ...this.#sealing.keys()]);
    const usable = await this.#deps.storage.dataKeys.usableSince(asked);
    this.#dropWhere(
      ({ connectorId, connectorRevisedAt }) =>
        // Others came while it was looked for.
        asked.has(connectorId) && usable.get(connectorId) !== connectorRevisedAt,
    );
  }

  /** Wipes what is too old; asks nobody. */
  sweepOld(): void {
    this.#dropWhere(() => false);
  }

  /** Wipes everything, now or as soon as whoever uses it is done, and keeps nothing from now on. */
  close(): void {
    this.#closed = true;
    this.#dropWhere(() => true);
  }

  #dropWhere(isGone: (owner: KeyOwner) => boolean): void {
    this.#cache.dropWhere(isGone);
    for (const [connectorId, sealing] of this.#sealing) {
      const { connectorRevisedAt } = sealing;
      if (sealing.isOver(this.#deps.now()) || isGone({ connectorId, connectorRevisedAt }))
        this.#retire(connectorId, sealing);
    }
  }

  /** The sealing key in use, if it was made with the settings that the connector has. */
  #current({ id, revisedAt, disabled }: Connector): SealingKey | undefined {
    const sealing = this.#sealing.get(id);
    if (!sealing) return undefined;
    if (!disabled && sealing.connectorRevisedAt === revisedAt && !sealing.isOver(this.#deps.now())) return sealing;
    this.#retire(id, sealing);
    return undefined;
  }

  #retire(connectorId: string, sealing: SealingKey): void {
    sealing.retire();
    if (this.#sealing.get(connectorId) === sealing) this.#sealing.delete(connectorId);
  }

  /** Reads the connector anew: whoever asks may have read it before it was changed. */
  async #make(connectorId: string, name: string): Promise<SealingKey> {
    const { storage, now } = this.#deps;
    this.#refuseClosed();
    const connector = await storage.connectors.findById(connectorId);
    if (!connector) throw keyError(GONE, name);
    if (connector.disabled) throw keyError(DISABLED, name);
    const key = await this.#source.make(connector);
    this.#refuseClosed(key);
    const sealing = new SealingKey(key, connector.revisedAt, now(), this.#bounds);
    this.#keep(key.name, sealing.held, connector);
    const before = this.#sealing.get(connectorId);
    if (before) this.#retire(connectorId, before);
    this.#sealing.set(connectorId, sealing);
    return sealing;
  }

  async #open({ dataKeyId, connectorName }: DataKeyReference): Promise<HeldKey> {
    const { storage } = this.#deps;
    this.#refuseClosed();
    const stored = await storage.dataKeys.find(dataKeyId);
    const connector = stored && (await storage.connectors.findById(stored.connectorId));
    if (!connector) throw keyError(GONE, connectorName);
    if (connector.disabled) throw keyError(DISABLED, connectorName);
    const key = await this.#source.open(stored, connector);
    this.#refuseClosed(key);
    const held = new HeldKey(key);
    this.#keep(dataKeyId, held, connector);
    return held;
  }

  /** @param key what came too late. */
  #refuseClosed(key?: KmsDataKey): void {
    if (!this.#closed) return;
    key?.wipe();
    throw new WardlineError('SERVICE_UNAVAILABLE', 'This server is stopping. Try again in a moment.');
  }

  #keep(id: string, held: HeldKey, { id: connectorId, revisedAt }: Connector): void {
    this.#cache.put(id, held, { connectorId, connectorRevisedAt: revisedAt });
  }
}

const revisionOf = ({ id, revisedAt }: Connector): string => `${id} ${revisedAt}`;

async function used<T>(held: HeldKey, use: UseOf<T>): Promise<T> {
  try {
    return await use(held.key, held.key.name);
  } finally {
    held.release();
  }
}
