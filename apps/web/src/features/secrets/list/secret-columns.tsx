import { Text } from '@mantine/core';
import { IconFile, IconKey } from '@tabler/icons-react';
import type { SecretResponse } from '@wardline/contracts';
import type { Column } from '../../../ui/entity-table.tsx';
import { AnchorLink } from '../../../ui/links.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { EntityName } from '../../access-control/entity-name.tsx';
import { ManagerName } from '../manager-name.tsx';
import { ProofStatus } from '../proof-status.tsx';
import { sizeInWords, TYPE_WORDS } from '../words.ts';
import classes from './secrets-list.module.css';

/** What the list tells of each secret. */
export const SECRET_COLUMNS: readonly [Column<SecretResponse>, ...Column<SecretResponse>[]] = [
  {
    header: 'Secret',
    width: '28%',
    cell: ({ secret: { name, identifier } }) => (
      <EntityName identifier={identifier}>
        <AnchorLink to="/settings/secrets/$secretId" params={{ secretId: identifier }}>
          {name}
        </AnchorLink>
      </EntityName>
    ),
  },
  { header: 'Type', width: 96, cell: ({ secret: { type } }) => <SecretKind type={type} /> },
  {
    header: 'Secret manager',
    cell: ({ secret: { spec } }) => <ManagerName reference={spec.secretManagerIdentifier} />,
  },
  {
    header: 'Version',
    width: 100,
    cell: ({ version, byteLength, draft }) => (
      <>
        {version !== undefined && <Text size="sm">{version}</Text>}
        {byteLength !== undefined && (
          <Text size="xs" c="dimmed">
            {sizeInWords(byteLength, draft)}
          </Text>
        )}
      </>
    ),
  },
  { header: 'Readable', width: 150, cell: ({ proof }) => <ProofStatus proof={proof} /> },
  {
    header: 'Last updated',
    width: 150,
    cell: ({ updatedAt }) => (
      <Text span size="sm" c="dimmed">
        <RelativeTime time={updatedAt} />
      </Text>
    ),
  },
];

/** Text or file, by icon and word. */
function SecretKind({ type }: Pick<SecretResponse['secret'], 'type'>) {
  const Icon = type === 'SecretFile' ? IconFile : IconKey;
  return (
    <span className={classes.kind}>
      <Icon size={16} stroke={1.7} aria-hidden />
      {TYPE_WORDS[type]}
    </span>
  );
}
