import { List, Stack, Text } from '@mantine/core';
import { ApiFailure } from '../../../lib/api.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { EntityLink } from '../entity-link.tsx';

interface Props {
  readonly error: Error;
  readonly name: string;
  /** Called when a link takes the person elsewhere. */
  readonly onLeave: () => void;
}

/** Why a connector could not be deleted: who uses it, or what else went wrong. */
export function DeleteRefusal({ error, name, onLeave }: Props) {
  const users = error instanceof ApiFailure ? error.referencedBy : [];
  if (users.length === 0) return <ErrorPanel error={error} title={`${name} was not deleted`} />;
  return (
    <Stack gap="xs" role="alert">
      <Text size="sm">
        {name} was not deleted, because it is in use. Change or delete what uses it first, then try again:
      </Text>
      <List size="sm">
        {users.map((user) => (
          <List.Item key={`${user.type} ${user.identifier}`}>
            <EntityLink entity={user} onClick={onLeave} />
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
