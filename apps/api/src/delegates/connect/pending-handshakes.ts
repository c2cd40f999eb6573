import { clientNetwork } from '../../limits/client-network.ts';

/** Of connections that have proven nothing yet, at most so many in all; each may hold {@link MAX_UNPROVEN_BYTES}. */
const AT_MOST = 1024;
/** And of one network at most so many: behind one address there may be a cluster whose delegates all come back at once. */
const AT_MOST_OF_ONE = 512;
/** What whoever has proven nothing may send, in bytes: the longest hello is far below. */
export const MAX_UNPROVEN_BYTES = 64 * 1024;

/** Counts the connections that have not proven yet that they have a token, so that they cannot use up the memory. */
export class PendingHandshakes {
  readonly #ofNetwork = new Map<string, number>();
  #total = 0;

  isFull(address: string): boolean {
    return this.#total >= AT_MOST || (this.#ofNetwork.get(clientNetwork(address)) ?? 0) >= AT_MOST_OF_ONE;
  }

  /** Counts one. @returns ends the counting; a second call does nothing. */
  enter(address: string): () => void {
    const network = clientNetwork(address);
    this.#total += 1;
    this.#ofNetwork.set(network, (this.#ofNetwork.get(network) ?? 0) + 1);
    let counted = true;
    return () => {
      if (!counted) return;
      counted = false;
      this.#total -= 1;
      const left = (this.#ofNetwork.get(network) ?? 1) - 1;
      if (left > 0) this.#ofNetwork.set(network, left);
      else this.#ofNetwork.delete(network);
    };
  }
}
