import type { Place } from '../db/scope-columns.ts';

/** One process of a delegate, connected or not. */
export interface DelegateInstance {
  readonly id: string;
  /** EMBEDDED lives in this server; the others dial in. */
  readonly type: 'EMBEDDED' | 'REMOTE';
  /** Replicas share it. */
  readonly name: string;
  readonly hostName: string;
  readonly description: string;
  /** The tags that it was given; its name and its host count as tags too. */
  readonly tags: readonly string[];
  /** It serves this scope and those below. */
  readonly place: Place;
  readonly version: string;
  readonly capacity: number;
  readonly connected: boolean;
  readonly lastHeartbeatAt: Date;
  readonly tokenActive: boolean;
  /** The token that it connects with; null for the embedded one, and where only the database knows it. */
  readonly tokenName: string | null;
  /** How far its clock is ahead, in milliseconds. */
  readonly clockSkewMs: number;
  /** How many tasks it has now; null for one that is not connected to this process. */
  readonly running: number | null;
  /** Why the last connection ended. */
  readonly disconnectReason: string | null;
}

/** Everything that a selector can match. */
export function instanceTags({ name, hostName, tags }: Pick<DelegateInstance, 'name' | 'hostName' | 'tags'>): string[] {
  return [...new Set([name, hostName, ...tags])];
}

/** Whether a delegate of the scope `own` serves `place`: its own scope, and those below. */
export function serves(own: Place, place: Place): boolean {
  if (!own.orgIdentifier) return true;
  if (own.orgIdentifier !== place.orgIdentifier) return false;
  return !own.projectIdentifier || own.projectIdentifier === place.projectIdentifier;
}
