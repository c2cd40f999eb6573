import { Button, Group, Stack, Text } from '@mantine/core';
import { IconArrowBackUp, IconArrowsDiff, IconTrash } from '@tabler/icons-react';
import type { Page, SecretResponse, SecretVersion } from '@wardline/contracts';
import { EntityTable } from '../../../ui/entity-table.tsx';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { type RowDeed, RowMenu } from '../../../ui/row-menu.tsx';
import { useAsked } from '../../../ui/use-asked.ts';
import { useMay } from '../../identity/use-may.ts';
import { CompareVersionsDialog } from './compare-versions-dialog.tsx';
import { DeleteVersionDialog } from './delete-version-dialog.tsx';
import { RestoreVersionDialog } from './restore-version-dialog.tsx';
import { VERSION_COLUMNS } from './version-columns.tsx';

type VersionDeed = 'compare' | 'restore' | 'delete';

interface Props {
  readonly secret: SecretResponse['secret'];
  readonly versions: {
    readonly data: Page<SecretVersion> | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
}

/** Every version that is kept, newest first: what changed, who did it, and the way back to it. */
export function VersionsPanel({ secret, versions: { data, error, refetch } }: Props) {
  const asked = useAsked<{ readonly deed: VersionDeed; readonly version: SecretVersion }>();
  const deedsOf = useVersionDeeds((deed, version, opener) => asked.ask({ deed, version }, opener));
  if (error && !data) {
    return <ErrorPanel error={error} title="The versions could not be listed" onRetry={() => void refetch()} />;
  }
  const all = data?.content ?? [];
  const [newest, before] = all;
  const dialog = { secret, opened: asked.opened, onClose: asked.close };
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="center">
        <Text size="sm" c="dimmed" maw="75ch">
          Every change makes a version, also one of the description alone. Old ones go by themselves when there are too
          many.
        </Text>
        {newest && before && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowsDiff size={15} aria-hidden />}
            onClick={(event) => asked.ask({ deed: 'compare', version: before }, event.currentTarget)}
          >
            Compare versions
          </Button>
        )}
      </Group>
      <EntityTable
        label="versions"
        items={data?.content}
        columns={VERSION_COLUMNS}
        keyOf={({ version }) => String(version)}
        actions={(version) => <RowMenu name={`version ${version.version}`} deeds={deedsOf(version)} />}
      />
      {asked.subject?.deed === 'compare' && (
        <CompareVersionsDialog {...dialog} versions={all} from={asked.subject.version.version} />
      )}
      {asked.subject?.deed === 'restore' && <RestoreVersionDialog {...dialog} version={asked.subject.version} />}
      {asked.subject?.deed === 'delete' && (
        <DeleteVersionDialog {...dialog} version={asked.subject.version} versions={all} />
      )}
    </Stack>
  );
}

/** What whoever is signed in may do with a version; nothing with the current one. */
function useVersionDeeds(onAsk: (deed: VersionDeed, version: SecretVersion, opener: HTMLElement | null) => void) {
  const mayEdit = useMay('core_secret_edit');
  const mayDelete = useMay('core_secret_delete');
  return (version: SecretVersion): RowDeed[] => {
    if (version.current) return [];
    const deed = (of: VersionDeed) => (opener: HTMLElement | null) => onAsk(of, version, opener);
    return [
      {
        label: 'Compare with current',
        icon: <IconArrowsDiff size={16} aria-hidden />,
        onSelect: deed('compare'),
      },
      ...(mayEdit
        ? [{ label: 'Roll back to this', icon: <IconArrowBackUp size={16} aria-hidden />, onSelect: deed('restore') }]
        : []),
      ...(mayDelete
        ? [
            {
              label: 'Delete',
              icon: <IconTrash size={16} aria-hidden />,
              destructive: true,
              onSelect: deed('delete'),
            },
          ]
        : []),
    ];
  };
}
