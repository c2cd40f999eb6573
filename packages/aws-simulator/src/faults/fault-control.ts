import { type Fault, type FaultInput, type FaultOf, type FaultService, faultSchema } from './fault.ts';

/** Which faults are set, in the process's own hands. */
export interface FaultControl {
  /**
   * Sets a fault; faults add up.
   * @returns a function that takes it away again.
   * @throws ZodError when it is not a fault that this service can have.
   */
  add(fault: FaultInput): () => void;
  /** Takes every fault away, or those of one service. Requests that hang already stay so until the simulator closes. */
  clear(service?: FaultService): void;
  /** Those still in force, with the counts that remain. */
  list(): readonly Fault[];
}

/** The faults that strike one request. */
export class StruckFaults {
  readonly #faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  find<K extends Fault['kind']>(kind: K): FaultOf<K> | undefined {
    return this.#faults.find((fault): fault is FaultOf<K> => fault.kind === kind);
  }

  has(kind: Fault['kind']): boolean {
    return this.find(kind) !== undefined;
  }
}

/** Keeps the faults and counts the requests that they strike. */
export class FaultBoard implements FaultControl {
  readonly #set = new Set<{ fault: Fault }>();

  add(input: FaultInput): () => void {
    const entry = { fault: faultSchema.parse(input) };
    this.#set.add(entry);
    return () => {
      this.#set.delete(entry);
    };
  }

  clear(service?: FaultService): void {
    for (const entry of this.#set)
      if (service === undefined || entry.fault.service === service) this.#set.delete(entry);
  }

  list(): readonly Fault[] {
    return [...this.#set].map((entry) => entry.fault);
  }

  /** The faults for one request; each is counted once. */
  strike(service: FaultService, operation: string): StruckFaults {
    const struck: Fault[] = [];
    for (const entry of this.#set) {
      const { fault } = entry;
      if (fault.service !== service || (fault.operation !== undefined && fault.operation !== operation)) continue;
      struck.push(fault);
      if (fault.count === 1) this.#set.delete(entry);
      else if (fault.count !== undefined) entry.fault = { ...fault, count: fault.count - 1 };
    }
    return new StruckFaults(struck);
  }
}
