import { Badge, Group, Text } from '@mantine/core';
import type { SecretVersion } from '@wardline/contracts';
import { formatBytes } from '../../../lib/format.ts';
import type { Column } from '../../../ui/entity-table.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ProofStatus } from '../proof-status.tsx';
import { originWords, valueWords } from './version-words.ts';

/** What the list tells of each version. */
export const VERSION_COLUMNS: readonly [Column<SecretVersion>, ...Column<SecretVersion>[]] = [
  {
    header: 'Version',
    width: 130,
    cell: ({ version, current }) => (
      <Group gap={8} wrap="nowrap">
        <Text span size="sm" fw={570}>
          {version}
        </Text>
        {current && (
          <Badge size="sm" variant="light" tt="none" fw={500}>
            Current
          </Badge>
        )}
      </Group>
    ),
  },
  {
    header: 'When',
    width: '18%',
    cell: (version) => (
      <>
        <Text size="sm">{originWords(version)}</Text>
        <Text size="xs" c="dimmed">
          <RelativeTime time={version.createdAt} />
        </Text>
      </>
    ),
  },
  {
    header: 'By',
    cell: ({ createdBy: { name, identifier } }) => (
      <>
        <Text size="sm">{name}</Text>
        {identifier !== name && (
          <Text size="xs" c="dimmed" className="wl-mono" fz="xs">
            {identifier}
          </Text>
        )}
      </>
    ),
  },
  {
    header: 'Value',
    width: '20%',
    cell: (version) => (
      <>
        <Text size="sm">{valueWords(version)}</Text>
        <Text size="xs" c="dimmed">
          {formatBytes(version.byteLength)}
        </Text>
      </>
    ),
  },
  { header: 'Readable', width: 150, cell: ({ proof }) => <ProofStatus proof={proof} /> },
];
