import { installWithCompose, installWithDocker } from './docker.ts';
import { installWithHelm } from './helm.ts';
import type { DelegateInstall, InstallStep } from './install.ts';
import { installWithKubernetes } from './kubernetes.ts';
import { installWithNode } from './node.ts';

/** The ways to install a delegate, in the order in which they are offered. */
export const INSTALL_WAYS = ['docker', 'compose', 'kubernetes', 'helm', 'node'] as const;
export type InstallWay = (typeof INSTALL_WAYS)[number];

const STEPS = {
  docker: installWithDocker,
  compose: installWithCompose,
  kubernetes: installWithKubernetes,
  helm: installWithHelm,
  node: installWithNode,
} satisfies Record<InstallWay, (install: DelegateInstall) => InstallStep[]>;

/** What to save and run, in order, with every value filled in and quoted for its syntax. */
export function installSteps(way: InstallWay, install: DelegateInstall): readonly InstallStep[] {
  return STEPS[way](install);
}
