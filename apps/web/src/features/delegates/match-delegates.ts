import { type DelegateGroup, delegateTags, missingOfGroup } from '@wardline/contracts';

/** A delegate, seen from the tags that it must have. */
export interface DelegateMatch {
  readonly group: DelegateGroup;
  readonly tags: readonly string[];
  /** The selectors that it lacks; none means that it matches. */
  readonly missing: readonly string[];
}

/** Every delegate with what it lacks, those that match first, then by name. */
export function matchDelegates(groups: readonly DelegateGroup[], selectors: readonly string[]): DelegateMatch[] {
  return groups
    .map((group) => ({ group, tags: delegateTags(group), missing: missingOfGroup(selectors, group) }))
    .toSorted(
      (a, b) =>
        Number(a.missing.length > 0) - Number(b.missing.length > 0) ||
        a.group.groupName.localeCompare(b.group.groupName),
    );
}
