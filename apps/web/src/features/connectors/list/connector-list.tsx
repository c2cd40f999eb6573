import { Table } from '@mantine/core';
import type { ConnectorResponse } from '@wardline/contracts';
import type { ReactNode } from 'react';
import { type ColumnWidth, useTableFits } from '../../../ui/table-fits.ts';
import { ConnectorRow } from './connector-row.tsx';
import classes from './list.module.css';
import { ListSkeleton } from './list-skeleton.tsx';

const ACTIONS_PX = 64;
const COLUMNS: readonly { readonly header: string; readonly width?: ColumnWidth }[] = [
  { header: 'Connector', width: '29%' },
  { header: 'Details', width: '18%' },
  { header: 'Connectivity status', width: 170 },
  { header: 'Tags' },
  { header: 'Last updated', width: 150 },
];
const WIDTHS = [...COLUMNS.map(({ width }) => width), ACTIONS_PX];

interface Props {
  /** Undefined while the first page is on its way. */
  readonly items: readonly ConnectorResponse[] | undefined;
  /** True while the rows on screen belong to the question before. */
  readonly stale: boolean;
}

/** The connectors: a table, or cards where a table would not fit. */
export function ConnectorList({ items, stale }: Props) {
  const wide = useTableFits(WIDTHS);
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
            {COLUMNS.map(({ header, width }) => (
              <Table.Th key={header} {...(width !== undefined && { w: width })}>
                {header}
              </Table.Th>
            ))}
            <Table.Th w={ACTIONS_PX}>
              <span className={classes.hidden}>Actions</span>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </div>
  );
}
