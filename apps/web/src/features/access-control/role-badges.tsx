import { Badge, Group, Text } from '@mantine/core';

interface Props {
  readonly roles: readonly { readonly identifier: string; readonly name: string }[];
}

const SHOWN = 3;

/** The roles that someone was given at the account level, by name. */
export function RoleBadges({ roles }: Props) {
  if (roles.length === 0) {
    return (
      <Text span size="sm" c="dimmed">
        None
      </Text>
    );
  }
  const more = roles.slice(SHOWN);
  return (
    <Group gap={4}>
      {roles.slice(0, SHOWN).map(({ identifier, name }) => (
        <Badge key={identifier} variant="default" tt="none" fw={500} radius="sm" title={name} maw="100%">
          {name}
        </Badge>
      ))}
      {more.length > 0 && (
        <Text span size="xs" c="dimmed" title={more.map(({ name }) => name).join(', ')}>
          +{more.length}
        </Text>
      )}
    </Group>
  );
}
