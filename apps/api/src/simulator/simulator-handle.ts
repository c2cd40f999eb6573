import type { Simulator } from '@wardline/aws-simulator';

/** The running simulator. Only its type is imported: its code is loaded only where it is switched on. */
export type SimulatorHandle = Simulator;
