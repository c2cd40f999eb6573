import { Table } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { ConnectorResponse } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { ConnectorRow } from './connector-row.tsx';
import classes from './list.module.css';
import { ListSkeleton } from './list-skeleton.tsx';

const WIDE = '(min-width: 62em)';

interface Props {
  /** Undefined while the first page is on its way. */
  readonly items: readonly ConnectorResponse[] | undefined;
  /** True while the rows on screen belong to the question before. */
  readonly stale: boolean;
}

/** The connectors: a table, or cards where a table would not fit. */
export function ConnectorList({ items, stale }: Props) {
  const wide = useMediaQuery(WIDE, true, { getInitialValueInEffect: false });
  const layout = wide ? 'row' : 'card';
  const rows = items?.map((item) => <ConnectorRow key={item.connector.identifier} item={item} layout={layout} />);
  const content = rows ?? <ListSkeleton layout={layout} />;
  return (
    <div aria-busy={!items || stale} className={classes.list} data-stale={stale}>
      {wide ? <WideTable>{content}</WideTable> : <ul className={classes.cards}>{content}</ul>}
    </div>
  );
}

function WideTable({ children }: { readonly children: ReactNode }) {
  return (
    <div className={classes.frame}>
      <Table verticalSpacing={11} horizontalSpacing="md" layout="fixed" highlightOnHover aria-label="Connectors">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="29%">Connector</Table.Th>
            <Table.Th w="18%">Details</Table.Th>
            <Table.Th w={170}>Connectivity status</Table.Th>
            <Table.Th>Tags</Table.Th>
            <Table.Th w={160}>Last updated</Table.Th>
            <Table.Th w={64}>
              <span className={classes.hidden}>Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
}
