import type { SimulatorSeed } from '@wardline/contracts';

/** What the server uses of the running simulator; its code is loaded only where it is switched on. */
export interface SimulatorHandle {
  /** The region that routes to the simulator. */
  readonly region: string;
  readonly endpoints: { readonly kms: string; readonly sts: string; readonly imds: string };
  /** What it was seeded with; its credentials open nothing but the simulator. */
  readonly seed: SimulatorSeed;
  close(): Promise<void>;
}
