import { createHash } from 'node:crypto';
import type { DelegateGroup } from '@wardline/contracts';
import { type DelegateInstance, instanceTags } from './delegate-instance.ts';

/** The instances as people see them: replicas under their common name, in the order of names. */
export function describeGroups(instances: readonly DelegateInstance[]): DelegateGroup[] {
  const groups = new Map<string, DelegateInstance[]>();
  for (const instance of instances) {
    const key = JSON.stringify([instance.place.orgIdentifier, instance.place.projectIdentifier, instance.name]);
    groups.set(key, [...(groups.get(key) ?? []), instance]);
  }
  return [...groups.entries()].map(([key, members]) => describeGroup(key, members)).sort(byName);
}

const byName = (a: DelegateGroup, b: DelegateGroup): number => a.groupName.localeCompare(b.groupName);

function describeGroup(key: string, members: readonly DelegateInstance[]): DelegateGroup {
  const connected = members.filter((member) => member.connected);
  // What a group says of itself is what its newest member says.
  const newest = members.reduce((a, b) => (b.lastHeartbeatAt > a.lastHeartbeatAt ? b : a));
  // The tags of those that can be reached; of a group that can't, what they were.
  const shown = connected.length > 0 ? connected : [newest];
  return {
    groupId: createHash('sha256').update(key).digest('base64url').slice(0, 22),
    delegateGroupIdentifier: newest.name,
    delegateType: newest.type,
    groupName: newest.name,
    delegateDescription: newest.description,
    groupImplicitSelectors: Object.fromEntries([
      ...shown.map(({ hostName }) => [hostName, 'HOST_NAME'] as const),
      [newest.name, 'DELEGATE_NAME'] as const,
    ]),
    groupCustomSelectors: [...new Set(shown.flatMap(({ tags }) => tags))],
    lastHeartBeat: newest.lastHeartbeatAt.getTime(),
    connectivityStatus: connectivity(connected.length, members.length),
    activelyConnected: connected.length > 0,
    delegateInstanceDetails: members.map((member) => ({
      uuid: member.id,
      lastHeartbeat: member.lastHeartbeatAt.getTime(),
      activelyConnected: member.connected,
      hostName: member.hostName,
      tokenActive: member.tokenActive,
      version: member.version,
      delegateExpirationTime: 0,
      running: member.running,
      capacity: member.capacity,
      tokenName: member.tokenName,
      disconnectReason: member.connected ? null : member.disconnectReason,
      clockSkewMs: member.clockSkewMs,
      tags: instanceTags(member),
    })),
    tokenActive: shown.some(({ tokenActive }) => tokenActive),
    autoUpgrade: 'OFF',
    groupVersion: newest.version,
    immutable: true,
  };
}

function connectivity(connected: number, all: number): DelegateGroup['connectivityStatus'] {
  if (connected === 0) return 'disconnected';
  return connected === all ? 'connected' : 'partially connected';
}
