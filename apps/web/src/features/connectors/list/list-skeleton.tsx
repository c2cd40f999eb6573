import { Skeleton, Table } from '@mantine/core';
import classes from './list.module.css';

const ROWS = ['a', 'b', 'c', 'd', 'e'];
const CELLS = ['60%', '75%', '55%', '50%', '70%'];

/** Rows of the height that the real ones have, so that nothing jumps when they arrive. */
export function ListSkeleton({ layout }: { readonly layout: 'row' | 'card' }) {
  if (layout === 'card') {
    return ROWS.map((row) => (
      <li key={row} className={classes.card} aria-hidden="true">
        <Skeleton height={16} width="55%" mt={6} />
        <Skeleton height={12} width="35%" />
        <Skeleton height={38} />
        <Skeleton height={12} width="40%" />
      </li>
    ));
  }
  return ROWS.map((row) => (
    <Table.Tr key={row} aria-hidden="true" className={classes.skeletonRow}>
      {CELLS.map((width) => (
        <Table.Td key={width}>
          <Skeleton height={14} width={width} mb={7} />
          <Skeleton height={10} width="40%" />
        </Table.Td>
      ))}
      <Table.Td />
    </Table.Tr>
  ));
}
