import { type DelegateGroup, delegateTags, missingOfGroup } from '@wardline/contracts';
import type { DelegateFilter, DelegateSetup } from './delegate-setup.ts';

/** The delegates that match every given field of the filter, in the Terraform provider's shape. */
export function listDelegates(groups: readonly DelegateGroup[], filter: DelegateFilter): DelegateSetup[] {
  return groups.filter((group) => matches(group, filter ?? {})).map(toSetup);
}

function matches(group: DelegateGroup, filter: NonNullable<DelegateFilter>): boolean {
  const hosts = group.delegateInstanceDetails.map(({ hostName }) => hostName);
  const status = group.activelyConnected ? 'CONNECTED' : 'DISCONNECTED';
  return (
    (!filter.status || filter.status.toUpperCase() === status) &&
    (!filter.description || group.delegateDescription.includes(filter.description)) &&
    (!filter.hostName || hosts.includes(filter.hostName)) &&
    (!filter.delegateName || filter.delegateName === group.groupName) &&
    (!filter.delegateGroupIdentifier || filter.delegateGroupIdentifier === group.delegateGroupIdentifier) &&
    (!filter.autoUpgrade || filter.autoUpgrade.toUpperCase() === group.autoUpgrade) &&
    filter.delegateInstanceFilter?.toUpperCase() !== 'EXPIRED' &&
    missingOfGroup(filter.delegateTags ?? [], group).length === 0
  );
}

function toSetup(group: DelegateGroup): DelegateSetup {
  return {
    type: group.delegateType,
    name: group.groupName,
    description: group.delegateDescription,
    tags: delegateTags(group),
    lastHeartBeat: group.lastHeartBeat,
    connected: group.activelyConnected,
    delegateReplicas: group.delegateInstanceDetails.map((instance) => ({
      uuid: instance.uuid,
      lastHeartbeat: instance.lastHeartbeat,
      connected: instance.activelyConnected,
      hostName: instance.hostName,
      version: instance.version,
      expiringAt: instance.delegateExpirationTime,
    })),
    autoUpgrade: group.autoUpgrade,
    legacy: false,
    orgName: null,
    projectName: null,
  };
}
