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
