import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { ConnectorResponse } from '@wardline/contracts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { differingFields } from './draft/differing-fields.ts';
import { draftOf } from './draft/draft-request.ts';
import { placesOf } from './field-places.ts';
import { useWizard } from './wizard-context.ts';

interface Props {
  /** What somebody else has stored. */
  readonly stored: ConnectorResponse;
  readonly saving: boolean;
  readonly onReload: () => void;
  readonly onOverwrite: () => void;
}

/** Somebody else has changed the connector: where it differs now, and the choice whose version is kept. */
export function ChangedMeanwhile({ stored, saving, onReload, onOverwrite }: Props) {
  const { draft } = useWizard();
  const places = placesOf(differingFields(draft, draftOf(stored.connector)));
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      icon={<IconUsers size={18} aria-hidden />}
      title="This connector was changed meanwhile"
    >
      <Stack gap="sm">
        <Text size="sm">
          Someone saved it <RelativeTime time={stored.lastModifiedAt} />, after you began to edit it. Your changes are
          not saved; they are still here.
        </Text>
        {places.length > 0 ? (
          <div>
            <Text size="sm">What is stored now differs from what you have here in:</Text>
            <List size="sm">
              {places.map((place) => (
                <List.Item key={place}>{place}</List.Item>
              ))}
            </List>
          </div>
        ) : (
          <Text size="sm">What is stored now is the same as what you have here.</Text>
        )}
        <Group gap="xs">
          <Button size="xs" variant="default" onClick={onReload}>
            Discard my changes and reload
          </Button>
          <Button size="xs" color="red" loading={saving} onClick={onOverwrite}>
            Overwrite it with my changes
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
