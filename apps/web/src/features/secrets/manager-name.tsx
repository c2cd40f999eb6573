import { Text } from '@mantine/core';
import { BUILT_IN_SECRET_MANAGER } from '@wardline/contracts';
import { AnchorLink } from '../../ui/links.tsx';
import { useManagers } from './api/list-managers.ts';
import { isSameManager } from './words.ts';

interface Props {
  readonly reference: string;
  /** What it was called, for one that is not there any more. */
  readonly name?: string;
}

/** The secret manager that a reference names; the way to its connector where it is one of the account. */
export function ManagerName({ reference, name }: Props) {
  const { data } = useManagers();
  const manager = data?.managers.find((each) => isSameManager(each.reference, reference));
  if (manager?.kind === 'built-in' || reference === BUILT_IN_SECRET_MANAGER) {
    return (
      <Text span size="sm">
        {manager?.name ?? 'Built-in Secret Manager'}
      </Text>
    );
  }
  if (!manager || manager.orgIdentifier) {
    return (
      <Text span size="sm" className={manager || name ? undefined : 'wl-mono'}>
        {manager?.name ?? name ?? reference}
      </Text>
    );
  }
  return (
    <AnchorLink size="sm" to="/settings/connectors/$connectorId" params={{ connectorId: manager.identifier }}>
      {manager.name}
    </AnchorLink>
  );
}
