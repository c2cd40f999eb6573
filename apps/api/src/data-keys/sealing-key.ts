import type { KmsDataKey } from '@wardline/envelope';
import { HeldKey } from './held-key.ts';

export interface SealingBounds {
  readonly maxMessages: number;
  readonly maxBytes: number;
  readonly maxSeconds: number;
}

/** The data key under which new values of a connector are encrypted, until one of its bounds is reached. */
export class SealingKey {
  readonly held: HeldKey;
  readonly connectorRevisedAt: string;
  readonly #bounds: SealingBounds;
  readonly #since: number;
  #messages = 0;
  #bytes = 0;
  #retired = false;

  constructor(key: KmsDataKey, connectorRevisedAt: string, since: Date, bounds: SealingBounds) {
    this.held = new HeldKey(key);
    this.connectorRevisedAt = connectorRevisedAt;
    this.#bounds = bounds;
    this.#since = since.getTime();
  }

  /**
   * Counts a message of so many bytes.
   * @returns a hold on the key, undefined where the message would be one too many. A first message of any size is not.
   */
  admit(bytes: number, now: Date): HeldKey | undefined {
    if (this.isOver(now)) return undefined;
    if (this.#messages > 0 && this.#bytes + bytes > this.#bounds.maxBytes) return undefined;
    this.#messages += 1;
    this.#bytes += bytes;
    return this.held.hold();
  }

  /** Whether no message may use it any more. */
  isOver(now: Date): boolean {
    const { maxMessages, maxSeconds } = this.#bounds;
    return this.#retired || this.#messages >= maxMessages || now.getTime() - this.#since >= maxSeconds * 1000;
  }

  /** Lets go of the key; those who encrypt under it now finish. */
  retire(): void {
    if (!this.#retired) this.held.release();
    this.#retired = true;
  }
}
