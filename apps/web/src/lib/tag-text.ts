import type { Tags } from '@wardline/contracts';

/** A tag as people write it: `key`, or `key:value`. */
export function formatTag(key: string, value: string): string {
  return value === '' ? key : `${key}:${value}`;
}

/** The tag filter that a text stands for; a key alone matches any value. */
export function parseTag(text: string): Tags {
  const colon = text.indexOf(':');
  return colon < 0 ? { [text.trim()]: '' } : { [text.slice(0, colon).trim()]: text.slice(colon + 1).trim() };
}

/** Tags as typed (`key`, `key:value`) to what the wire carries. */
export function parseTags(typed: readonly string[]): Tags {
  return Object.assign({}, ...typed.map(parseTag));
}

/** Tags as people type and read them. */
export function formatTags(tags: Tags): string[] {
  return Object.entries(tags).map(([key, value]) => formatTag(key, value));
}
