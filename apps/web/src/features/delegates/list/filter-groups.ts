import { type DelegateGroup, delegateTags } from '@wardline/contracts';

/** Which delegates to show. */
export interface GroupFilter {
  readonly text: string;
  readonly status: 'any' | 'connected' | 'disconnected';
}

/** The groups whose name, host, tag or token has the text, and that are connected or not. */
export function filterGroups(groups: readonly DelegateGroup[], { text, status }: GroupFilter): DelegateGroup[] {
  const wanted = text.trim().toLowerCase();
  return groups.filter((group) => {
    if (status !== 'any' && group.activelyConnected !== (status === 'connected')) return false;
    const tokens = group.delegateInstanceDetails.flatMap(({ tokenName }) => tokenName ?? []);
    return [group.groupName, group.delegateDescription, ...delegateTags(group), ...tokens].some((each) =>
      each.toLowerCase().includes(wanted),
    );
  });
}
