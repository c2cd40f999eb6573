import { Skeleton, Text, VisuallyHidden } from '@mantine/core';
import type { AuditYaml } from '@wardline/contracts';
import { diffOf, type FieldChange } from './diff.ts';
import classes from './difference.module.css';

/** What a change changed, field by field: what it was, and what it is now. */
export function Difference({ before, after }: Pick<AuditYaml, 'before' | 'after'>) {
  const changes = diffOf(before, after);
  if (changes.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        Saved as it was: no field was changed.
      </Text>
    );
  }
  return (
    <table className={classes.table}>
      <caption>
        <VisuallyHidden>What was changed</VisuallyHidden>
      </caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          {before && <th scope="col">{after ? 'Before' : 'Was'}</th>}
          {after && <th scope="col">{before ? 'After' : 'Is'}</th>}
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <ChangeRow key={change.field} change={change} was={before !== null} is={after !== null} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly change: FieldChange;
  readonly was: boolean;
  readonly is: boolean;
}

function ChangeRow({ change: { field, before, after }, was, is }: RowProps) {
  return (
    <tr>
      <th scope="row">{field}</th>
      {was && <td>{before === undefined ? <Absent /> : <del className={classes.before}>{before}</del>}</td>}
      {is && <td>{after === undefined ? <Absent /> : <ins className={classes.after}>{after}</ins>}</td>}
    </tr>
  );
}

const Absent = () => <span className={classes.absent}>not there</span>;

/** Holds the place of a difference that is on its way. */
export function DifferenceSkeleton() {
  return <Skeleton height={92} aria-label="The difference is loading" />;
}
