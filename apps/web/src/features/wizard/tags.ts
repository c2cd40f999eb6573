import type { Tags } from '@wardline/contracts';
import { formatTag, parseTag } from '../connectors/tag-text.ts';

/** Tags as typed (`key`, `key:value`) to what the wire carries. */
export function parseTags(typed: readonly string[]): Tags {
  return Object.assign({}, ...typed.map(parseTag));
}

/** Tags as people type and read them. */
export function formatTags(tags: Tags): string[] {
  return Object.entries(tags).map(([key, value]) => formatTag(key, value));
}
