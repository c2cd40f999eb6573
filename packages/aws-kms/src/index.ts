/** Everything of Wardline that talks to AWS. */
export { type Agents, type Ambient, DEFAULT_DEADLINES, type Deadlines, type RegionEndpoints } from './ambient.ts';
export type { Evidence, Failure, Subject } from './findings/evidence.ts';
export { explain, FINDINGS, UNKNOWN_CAUSE } from './findings/explain.ts';
export { listRegions, partitionOf } from './regions.ts';
export { runTask } from './run-task.ts';
