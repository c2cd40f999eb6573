import { Badge, Group, Table, Text } from '@mantine/core';
import { type ConnectorOutput, type ConnectorResponse, maskKmsArn } from '@wardline/contracts';
import { useRef } from 'react';
import { AnchorLink } from '../../../ui/links.tsx';
import { RelativeTime } from '../../../ui/relative-time.tsx';
import { ConnectivityStatus } from '../connectivity-status.tsx';
import { DeleteConnectorDialog } from '../delete/delete-connector-dialog.tsx';
import { TagList } from '../tag-list.tsx';
import classes from './list.module.css';
import { RowMenu } from './row-menu.tsx';
import { useRowActions } from './use-row-actions.ts';

/** Where the keyboard goes on when its row is gone. */
const focusMain = (): void => document.getElementById('main')?.focus({ preventScroll: true });

/** A connector of the list: a table row where there is room, a card on a narrow screen. */
export function ConnectorRow({ item, layout }: { readonly item: ConnectorResponse; readonly layout: 'row' | 'card' }) {
  const { connector, status, lastModifiedAt } = item;
  const { testing, runTest, deleting, dialog } = useRowActions(connector);
  const menuButton = useRef<HTMLButtonElement>(null);
  // What had the focus when the dialog opened, an entry of the menu, is gone by now.
  const closeDialog = (): void => {
    dialog.close();
    // After the dialog has let go of the focus.
    requestAnimationFrame(() => menuButton.current?.focus());
  };
  const name = <Name connector={connector} />;
  const details = <KeyPlace spec={connector.spec} />;
  const connectivity = <ConnectivityStatus status={status} testing={testing} />;
  const tags = <TagList tags={connector.tags} limit={3} />;
  const actions = (
    <>
      <RowMenu buttonRef={menuButton} connector={connector} testing={testing} onTest={runTest} onDelete={dialog.open} />
      <DeleteConnectorDialog connector={connector} opened={deleting} onClose={closeDialog} onDeleted={focusMain} />
    </>
  );

  switch (layout) {
    case 'row':
      return (
        <Table.Tr>
          <Table.Td>{name}</Table.Td>
          <Table.Td>{details}</Table.Td>
          <Table.Td>{connectivity}</Table.Td>
          <Table.Td>{tags}</Table.Td>
          <Table.Td className={classes.updated}>
            <RelativeTime time={lastModifiedAt} />
          </Table.Td>
          <Table.Td className={classes.actions}>{actions}</Table.Td>
        </Table.Tr>
      );
    case 'card':
      return (
        <li className={classes.card}>
          <div className={classes.cardHead}>
            <div className={classes.cardName}>{name}</div>
            {actions}
          </div>
          <div className={classes.cardGrid}>
            <div>{details}</div>
            <div>{connectivity}</div>
          </div>
          {tags}
          <Text size="xs" c="dimmed">
            Updated <RelativeTime time={lastModifiedAt} />
          </Text>
        </li>
      );
  }
}

function Name({ connector: { name, identifier, spec } }: { readonly connector: ConnectorOutput }) {
  return (
    <>
      <Group gap={8} wrap="nowrap">
        <AnchorLink
          to="/settings/connectors/$connectorId"
          params={{ connectorId: identifier }}
          className={classes.name}
          title={name}
        >
          {name}
        </AnchorLink>
        {spec.default && (
          <Badge size="sm" variant="light" tt="none" fw={500} className={classes.badge}>
            Default
          </Badge>
        )}
      </Group>
      <Text span className={`wl-mono ${classes.oneLine}`} c="dimmed" fz="xs" title={identifier}>
        {identifier}
      </Text>
    </>
  );
}

/** Region and key. An alias can have 256 characters, so that one line shows its beginning and the hover text all of it. */
function KeyPlace({ spec: { region, kmsArnInPlainText } }: { readonly spec: ConnectorOutput['spec'] }) {
  const key = kmsArnInPlainText ? maskKmsArn(kmsArnInPlainText) : 'ARN in a secret';
  return (
    <>
      <Text size="sm">{region}</Text>
      <Text span className={`wl-mono ${classes.oneLine}`} c="dimmed" fz="xs" title={key}>
        {key}
      </Text>
    </>
  );
}
