import { Button, Group, Text, TextInput } from '@mantine/core';
import { IconLock, IconPencil } from '@tabler/icons-react';
import { deriveIdentifier } from '@wardline/contracts';
import { useWizard } from '../wizard-context.ts';
import classes from './identifier-field.module.css';

interface Props {
  readonly error: string | undefined;
  readonly onBlur: () => void;
}

/** The ID: follows the name, then edited by hand if one likes, then fixed once the connector is stored. */
export function IdentifierField({ error, onBlur }: Props) {
  const { mode, draft, update } = useWizard();
  if (mode.kind === 'edit') {
    return (
      <Group gap={6} className={classes.line}>
        <IconLock size={14} aria-hidden />
        <Text size="xs">ID</Text>
        <span className="wl-mono">{draft.identifier}</span>
        <Text size="xs">· can’t change, since others refer to it</Text>
      </Group>
    );
  }
  if (draft.identifierSource === 'derived' && !error) {
    return (
      <Group gap={6} className={classes.line}>
        <Text size="xs">ID</Text>
        {draft.identifier ? (
          <span className="wl-mono">{draft.identifier}</span>
        ) : (
          <Text size="xs">follows the name</Text>
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPencil size={13} aria-hidden />}
          onClick={() => update({ identifierSource: 'typed' })}
        >
          Edit ID
        </Button>
      </Group>
    );
  }
  return (
    <div className={classes.input}>
      <TextInput
        label="ID"
        required
        autoComplete="off"
        autoFocus={!error}
        description="Starts with a letter or _; letters, digits, _ and $ may follow. It can’t change once the connector is saved."
        classNames={{ input: 'wl-mono' }}
        value={draft.identifier}
        error={error}
        onBlur={onBlur}
        onChange={(event) => update({ identifier: event.currentTarget.value, identifierSource: 'typed' })}
      />
      <Button
        size="compact-xs"
        variant="subtle"
        mt={4}
        onClick={() => update({ identifier: deriveIdentifier(draft.name), identifierSource: 'derived' })}
      >
        Follow the name again
      </Button>
    </div>
  );
}
