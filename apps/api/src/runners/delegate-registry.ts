import type { Place } from '../db/scope-columns.ts';
import type { DelegateInstance } from '../delegates/delegate-instance.ts';
import type { Candidate } from '../dispatch/dispatch.ts';

/** A delegate that can be given work now. */
export interface ConnectedDelegate {
  /** Everything that a selector can match. */
  readonly tags: readonly string[];
  /** It serves this scope and those below. */
  readonly place: Place;
  readonly candidate: Candidate;
  /** How it is listed, as of now. */
  describe(): DelegateInstance;
}

/** The delegates that this server knows. */
export interface DelegateRegistry {
  /** Those that can be given work now and serve the scope; from memory, since every task asks. */
  connected(place: Place): readonly ConnectedDelegate[];
  /** All that serve the scope, also those that are not connected. */
  all(place: Place): Promise<readonly DelegateInstance[]>;
}
