export { type Administration, AdministrationError } from './control/administration.ts';
export type { Command } from './control/command.ts';
export type { Fault, FaultInput } from './faults/fault.ts';
export type { FaultControl } from './faults/fault-control.ts';
export type { RequestCounts } from './http/request-counts.ts';
export { MalformedPolicyError } from './policy/parse-policy.ts';
export type { Simulator, SimulatorOptions } from './simulator.ts';
export { startSimulator } from './start-simulator.ts';
