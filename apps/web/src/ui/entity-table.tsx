import { Skeleton, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './entity-table.module.css';
import { type ColumnWidth, useTableFits } from './table-fits.ts';

/** Of the menu at the end of each row. */
const ACTIONS_PX = 64;
const SKELETON_ROWS = ['a', 'b', 'c', 'd', 'e'];

/** One thing that a list tells of each of its items. */
export interface Column<T> {
  readonly header: string;
  readonly width?: ColumnWidth;
  readonly cell: (item: T) => ReactNode;
}

interface Props<T> {
  /** What the list is of, for those who don't see it. */
  readonly label: string;
  /** Undefined while the first page is on its way. */
  readonly items: readonly T[] | undefined;
  /** The first one names the item; it is the head of its card. */
  readonly columns: readonly [Column<T>, ...Column<T>[]];
  readonly keyOf: (item: T) => string;
  readonly actions?: (item: T) => ReactNode;
  /** True while the items on screen belong to the question before. */
  readonly stale?: boolean;
}

/** Items of one kind: a table, or cards where a table would not fit. */
export function EntityTable<T>(props: Props<T>) {
  const { items, stale = false, label, columns, actions } = props;
  const wide = useTableFits([...columns.map(({ width }) => width), ...(actions ? [ACTIONS_PX] : [])]);
  return (
    <div aria-busy={!items || stale} className={classes.list} data-stale={stale}>
      {wide ? (
        <div className={classes.frame}>
          <WideTable {...props} />
        </div>
      ) : (
        <ul className={classes.cards} aria-label={label}>
          {items ? items.map((item) => <Card key={props.keyOf(item)} {...props} item={item} />) : <SkeletonCards />}
        </ul>
      )}
    </div>
  );
}

function WideTable<T>({ label, items, columns, keyOf, actions }: Props<T>) {
  return (
    <Table verticalSpacing={11} horizontalSpacing="md" layout="fixed" highlightOnHover aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          {columns.map(({ header, width }) => (
            <Table.Th key={header} {...(width !== undefined && { w: width })}>
              {header}
            </Table.Th>
          ))}
          {actions && (
            <Table.Th w={ACTIONS_PX}>
              <span className={classes.hidden}>Actions</span>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items ? (
          items.map((item) => (
            <Table.Tr key={keyOf(item)}>
              {columns.map(({ header, cell }) => (
                <Table.Td key={header}>{cell(item)}</Table.Td>
              ))}
              {actions && <Table.Td className={classes.actions}>{actions(item)}</Table.Td>}
            </Table.Tr>
          ))
        ) : (
          <SkeletonRows cells={columns.length + (actions ? 1 : 0)} />
        )}
      </Table.Tbody>
    </Table>
  );
}

function Card<T>({ item, columns: [title, ...others], actions }: Props<T> & { readonly item: T }) {
  return (
    <li className={classes.card}>
      <div className={classes.cardHead}>
        <div className={classes.cardTitle}>{title.cell(item)}</div>
        {actions?.(item)}
      </div>
      <dl className={classes.facts}>
        {others.map(({ header, cell }) => (
          <div key={header}>
            <dt>{header}</dt>
            <dd>{cell(item)}</dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

/** Rows of the height that the real ones have, so that nothing jumps when they arrive. */
function SkeletonRows({ cells }: { readonly cells: number }) {
  const places = Array.from({ length: cells }, (_, place) => `cell ${place}`);
  return SKELETON_ROWS.map((row) => (
    <Table.Tr key={row} aria-hidden="true" className={classes.skeletonRow}>
      {places.map((place) => (
        <Table.Td key={place}>
          <Skeleton height={14} width="60%" mb={7} />
          <Skeleton height={10} width="40%" />
        </Table.Td>
      ))}
    </Table.Tr>
  ));
}

function SkeletonCards() {
  return SKELETON_ROWS.map((row) => (
    <li key={row} className={classes.card} aria-hidden="true">
      <Skeleton height={16} width="55%" mt={6} />
      <Skeleton height={12} width="35%" />
      <Skeleton height={38} />
    </li>
  ));
}
