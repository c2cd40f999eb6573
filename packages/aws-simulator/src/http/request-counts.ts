import type { FaultService } from '../faults/fault.ts';

/** How many requests each service has received, by operation; those that a fault struck included. */
export interface RequestCounts {
  /** The requests for one operation (`GenerateDataKey`, …), or for all operations of the service. */
  of(service: FaultService, operation?: string): number;
  /** All counts, by `service:operation`. */
  list(): Readonly<Record<string, number>>;
}

/** Counts requests as they arrive. */
export class RequestCounter implements RequestCounts {
  readonly #counts = new Map<string, number>();

  add(service: FaultService, operation: string): void {
    const key = `${service}:${operation}`;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  of(service: FaultService, operation?: string): number {
    if (operation !== undefined) return this.#counts.get(`${service}:${operation}`) ?? 0;
    let sum = 0;
    for (const [key, count] of this.#counts) if (key.startsWith(`${service}:`)) sum += count;
    return sum;
  }

  list(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}
