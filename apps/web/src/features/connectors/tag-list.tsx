import { Badge, Group } from '@mantine/core';
import type { Tags } from '@wardline/contracts';
import { formatTag } from '../../lib/tag-text.ts';

/** Tags as small labels, in the order of their keys; beyond `limit` they are counted. */
export function TagList({ tags, limit = Number.POSITIVE_INFINITY }: { readonly tags: Tags; readonly limit?: number }) {
  const all = Object.entries(tags)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, value]) => formatTag(key, value));
  if (all.length === 0) return null;
  const rest = all.slice(limit);
  return (
    <Group gap={4} role="group" aria-label="Tags">
      {all.slice(0, limit).map((tag) => (
        <Badge key={tag} variant="default" size="sm" fw={500} tt="none" maw={220} title={tag}>
          {tag}
        </Badge>
      ))}
      {rest.length > 0 && (
        <Badge variant="transparent" color="gray" size="sm" fw={500} tt="none" title={rest.join(', ')}>
          +{rest.length}
        </Badge>
      )}
    </Group>
  );
}
