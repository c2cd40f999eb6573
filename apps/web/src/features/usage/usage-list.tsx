import type { EntityUsage, Page } from '@wardline/contracts';
import { EntityLink } from '../connectors/entity-link.tsx';
import classes from './usage-list.module.css';

interface Props {
  readonly usages: Page<EntityUsage>;
  /** How many are named at most; the rest is counted. */
  readonly limit?: number;
  /** Where the words above the list say what they all are. */
  readonly kindIsSaid?: boolean;
  /** Called when a link takes the person elsewhere. */
  readonly onLeave?: () => void;
}

/** Who uses something, by name. */
export function UsageList({ usages: { content, totalItems }, limit = content.length, kindIsSaid, onLeave }: Props) {
  const shown = content.slice(0, limit);
  const unseen = totalItems - shown.length;
  return (
    <ul className={classes.list}>
      {shown.map(({ referredByEntity: { type, name, entityRef } }) => (
        <li key={`${type} ${entityRef.orgIdentifier} ${entityRef.projectIdentifier} ${entityRef.identifier}`}>
          <EntityLink
            entity={{ ...entityRef, type, name }}
            {...(kindIsSaid && { kindIsSaid })}
            {...(onLeave && { onClick: onLeave })}
          />
        </li>
      ))}
      {unseen > 0 && <li>and {unseen} more</li>}
    </ul>
  );
}
