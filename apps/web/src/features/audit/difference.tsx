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

function ChangeRow({ change: { field, before, after, kept }, was, is }: RowProps) {
  const absent = kept === undefined ? 'not there' : 'nothing';
  return (
    <tr>
      <th scope="row">
        {field}
        {kept !== undefined && (
          <Text span display="block" size="xs" c="dimmed">
            {kept} stayed
          </Text>
        )}
      </th>
      {was && (
        <td>
          {before === undefined ? (
            <span className={classes.absent}>{absent}</span>
          ) : (
            <del className={classes.before}>{before}</del>
          )}
        </td>
      )}
      {is && (
        <td>
          {after === undefined ? (
            <span className={classes.absent}>{absent}</span>
          ) : (
            <ins className={classes.after}>{after}</ins>
          )}
        </td>
      )}
    </tr>
  );
}

/** Holds the place of a difference that is on its way. */
export function DifferenceSkeleton() {
  return <Skeleton height={92} aria-label="The difference is loading" />;
}
